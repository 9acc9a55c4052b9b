using System.CommandLine;
using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.EventLog.Redis;
using Quantum.EventLog.Resp;
using Quantum.EventLog.Runner;

namespace Quantum.Cli.Looking;

/// <summary>An operator's word to governance, with the options that every such verb has.</summary>
internal sealed class Control
{
    /// <summary>Said when governance has not acted in time.</summary>
    public const string Unanswered =
        "The word is recorded, but governance has not answered in time: is it alive? ./quantum audit tells.";

    private const int WakeMs = 200;

    private readonly Option<string> _reason = new("--reason")
    {
        Description = "why; recorded with the policy", Required = true,
    };

    private readonly Option<string> _by = new("--by")
    {
        Description = "who; recorded with the policy", DefaultValueFactory = _ => Environment.UserName,
    };

    private readonly Option<double> _timeout = new("--timeout")
    {
        Description = "seconds to wait for governance's answer", HelpName = "seconds", DefaultValueFactory = _ => 10,
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_reason);
        command.Options.Add(_by);
        command.Options.Add(_timeout);
    }

    /// <summary>Says it and waits until governance has acted on it; false when it has not in time.</summary>
    public bool Say(QuantumRedis look, ParseResult parsed, ControlAction action, RiskMode? riskMode = null)
    {
        var mode = look.RequireMode();
        var word = new ControlCommand
        {
            Command = action, RiskMode = riskMode, Reason = parsed.GetValue(_reason)!, By = parsed.GetValue(_by)!,
        };
        EntryId said;
        using (var log = new RedisEventLog(look.Endpoint, look.Keys))
        {
            said = new EventSource(log, RoleNames.GovernanceGateway, mode).Publish(
                StreamCatalog.GovernanceControl, word, $"control-{Guid.NewGuid():N}", look.SystemNowMs(), once: true);
        }

        var untilMs = look.NowMs + (long)TimeSpan.FromSeconds(parsed.GetValue(_timeout)).TotalMilliseconds;
        while (!IsDone(look, said))
        {
            var leftMs = untilMs - look.NowMs;
            if (leftMs <= 0) return false;
            // A policy is its usual answer, so waiting for one wakes at once; a word that changes nothing has none.
            var policies = Encoding.UTF8.GetBytes(PolicyInForce.KeyOf(look));
            var newest = look.Last(PolicyInForce.KeyOf(look))?.Id ?? "0-0";
            var waitMs = (int)Math.Clamp(leftMs, 1, WakeMs);
            look.Connection.BeginWrite().XRead(policies, EntryId.Parse(newest), 1, waitMs);
            look.Connection.Flush();
            look.Connection.ReadReply(waitMs + look.Endpoint.ReplyTimeoutMs).ThrowIfError();
        }

        return true;
    }

    // Governance acknowledges in the commit that publishes its answer.
    private static bool IsDone(QuantumRedis look, EntryId said)
    {
        var key = look.Keys.KeysOf(StreamCatalog.GovernanceControl)[0];
        var group = StreamCatalog.GovernanceControl.Consumers[0].Group;
        if (look.Position(key, group) is not { } position || EntryId.Parse(position) < said) return false;
        return look.Connection.Call("XPENDING", key, group, said.ToString(), said.ToString(), "1").ReadArray() == 0;
    }
}
