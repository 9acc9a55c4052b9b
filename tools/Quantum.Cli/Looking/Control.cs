using System.CommandLine;
using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.EventLog;
using Quantum.EventLog.Redis;
using Quantum.Resp;
using Quantum.EventLog.Runner;
using Symbol = Quantum.Contracts.Units.Symbol;

namespace Quantum.Cli.Looking;

/// <summary>An operator's word, with the options that every such verb has.</summary>
internal sealed class Control
{
    /// <summary>Said when governance has not acted in time.</summary>
    public static readonly string Unanswered = UnansweredBy("governance");

    private const int WakeMs = 200;

    private readonly Option<string> _reason = new("--reason")
    {
        Description = "why; recorded with the policy", Required = true,
    };

    private readonly Option<string> _by = new("--by")
    {
        Description = "who; recorded with the policy", DefaultValueFactory = _ => Environment.UserName,
    };

    private readonly Option<double?> _timeout = CommonOptions.Number(
        "--timeout", "seconds to wait for the answer", "seconds", least: 0, most: 3600, unlessGiven: 10);

    public static string UnansweredBy(string service) =>
        $"The word is recorded, but {service} has not answered in time: is it alive? ./quantum audit tells.";

    public void AddTo(Command command)
    {
        command.Options.Add(_reason);
        command.Options.Add(_by);
        command.Options.Add(_timeout);
    }

    /// <summary>The longest to wait for an answer.</summary>
    public TimeSpan Timeout(ParseResult parsed) => TimeSpan.FromSeconds(parsed.GetValue(_timeout)!.Value);

    /// <summary>
    /// Says it and waits until whoever follows it, governance, the market's feed or the executor, has acted on it;
    /// false when it has not in time.
    /// </summary>
    public bool Say(QuantumRedis look, ParseResult parsed, ControlAction action, RiskMode? riskMode = null,
        Symbol? symbol = null)
    {
        var mode = look.RequireMode();
        var word = new ControlCommand
        {
            Command = action, RiskMode = riskMode, Symbol = symbol, Reason = parsed.GetValue(_reason)!,
            By = parsed.GetValue(_by)!,
        };
        if (word.RefusalIn(mode) is { } refusal) throw new CliException(refusal);
        var follower = action == ControlAction.Adopt ? RoleNames.Executor
            : word.IsOfFeed() ? RoleNames.MarketPublisher : RoleNames.Governance;
        EntryId said;
        using (var log = new RedisEventLog(look.Endpoint, look.Keys))
        {
            said = new EventSource(log, RoleNames.GovernanceGateway, mode).Publish(
                StreamCatalog.GovernanceControl, word, $"control-{Guid.NewGuid():N}", look.SystemNowMs(), once: true);
        }

        var untilMs = look.NowMs + (long)Timeout(parsed).TotalMilliseconds;
        while (!IsDone(look, said, follower))
        {
            var leftMs = untilMs - look.NowMs;
            if (leftMs <= 0) return false;
            // A policy is its usual answer, so waiting for one wakes at once; a word that changes nothing has none.
            var policies = Encoding.UTF8.GetBytes(PolicyInForce.KeyOf(look));
            var newest = look.Last(PolicyInForce.KeyOf(look))?.Id ?? "0-0";
            var waitMs = (int)Math.Clamp(leftMs, 1, WakeMs);
            var home = look.Home(PolicyInForce.KeyOf(look));
            home.BeginWrite().XRead(policies, EntryId.Parse(newest), 1, waitMs);
            home.Flush();
            home.ReadReply(waitMs + look.Endpoint.ReplyTimeoutMs).ThrowIfError();
        }

        return true;
    }

    // Who follows a word acknowledges it in the commit that publishes the answer, or after it is done.
    private static bool IsDone(QuantumRedis look, EntryId said, string follower) => look.Keys.SeatsOf(follower)
        .SelectMany(seat => look.Keys.LinksOf(seat, StreamCatalog.GovernanceControl))
        .All(link => HasTaken(look, link, said));

    private static bool HasTaken(QuantumRedis look, LogLink link, EntryId said)
    {
        if (look.Position(link.StreamKey, link.Group) is not { } position || EntryId.Parse(position) < said)
            return false;
        var (key, id) = (link.StreamKey, said.ToString());
        return look.Ask("XPENDING", key, link.Group, id, id, "1").ReadArray() == 0;
    }
}
