using System.CommandLine;
using System.Text;
using Quantum.Cli.Looking;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog.Redis;
using Quantum.EventLog.Resp;
using Quantum.EventLog.Runner;

namespace Quantum.Cli.Commands;

/// <summary>The kill switch: stops entries at once, leaves exits possible.</summary>
internal static class KillVerb
{
    private const string Name = "kill";
    private const string Summary = "the kill switch: stops entries at once, exits stay possible";

    private const string Explained = """
        The kill switch: on stops entries at once and leaves exits possible, off allows entries again.
        The word goes to governance, which answers with a new policy; this waits for it.

        Exit code: 0 done (status: off), 1 no answer in time (status: on), 2 could not ask.

        Examples:
          ./quantum kill on --reason "venue acts up"
          ./quantum kill off --reason "venue is fine again" --by anna
          ./quantum kill status --json
        """;

    public static Command Create()
    {
        var redis = CommonOptions.Redis();
        var json = CommonOptions.Json();
        var status = new Command("status", "shows the switch and the policy in force") { redis, json };
        status.SetAction(parsed =>
        {
            using var look = new QuantumRedis(parsed.GetValue(redis));
            var policy = InForce(look) ?? throw new CliException(
                "no policy was ever published here, so entries are blocked: is governance running? "
                + "./quantum audit tells.");
            Show(policy, parsed.GetValue(json));
            return policy.KillSwitch ? ExitCode.Findings : ExitCode.Healthy;
        });
        return new Command(Name, Explained)
        {
            Turn("on", "stops entries now", ControlAction.KillOn, redis, json),
            Turn("off", "allows entries again", ControlAction.KillOff, redis, json),
            status,
        };
    }

    private static Command Turn(
        string name, string what, ControlAction action, Option<string> redis, Option<bool> json)
    {
        var reason = new Option<string>("--reason") { Description = "why; recorded with the policy", Required = true };
        var by = new Option<string>("--by")
        {
            Description = "who; recorded with the policy", DefaultValueFactory = _ => Environment.UserName,
        };
        var timeout = new Option<double>("--timeout")
        {
            Description = "seconds to wait for governance's answer", HelpName = "seconds",
            DefaultValueFactory = _ => 10,
        };
        var command = new Command(name, what) { redis, json, reason, by, timeout };
        command.SetAction(parsed =>
        {
            using var look = new QuantumRedis(parsed.GetValue(redis));
            var wanted = action == ControlAction.KillOn;
            var policy = InForce(look);
            if (policy is null || policy.KillSwitch != wanted)
            {
                var word = new ControlCommand
                {
                    Command = action, Reason = parsed.GetValue(reason)!, By = parsed.GetValue(by)!,
                };
                policy = Ask(look, word, wanted, TimeSpan.FromSeconds(parsed.GetValue(timeout)));
            }

            Show(policy, parsed.GetValue(json));
            return policy is null ? ExitCode.Findings : ExitCode.Healthy;
        });
        return command;
    }

    private static Policy? Ask(QuantumRedis look, ControlCommand word, bool wanted, TimeSpan timeout)
    {
        var mode = look.RequireMode();
        var key = look.Keys.KeysOf(StreamCatalog.PolicyUpdated)[0];
        var seen = look.Last(key)?.Id ?? "0-0";
        using (var log = new RedisEventLog(look.Endpoint, look.Keys))
        {
            new EventSource(log, RoleNames.GovernanceGateway, mode).Publish(
                StreamCatalog.GovernanceControl, word, $"control-{Guid.NewGuid():N}", look.SystemNowMs(), once: true);
        }

        var deadlineMs = look.NowMs + (long)timeout.TotalMilliseconds;
        while (look.NowMs is var now && now < deadlineMs)
        {
            var cursor = new StreamCursor(Encoding.UTF8.GetBytes(key), EntryId.Parse(seen));
            look.Connection.Read([cursor], 1, (int)Math.Clamp(deadlineMs - now, 1, 1000));
            foreach (var entry in look.After(key, seen, 100))
            {
                seen = entry.Id;
                if (Policy.Of(entry) is { } policy && policy.KillSwitch == wanted) return policy;
            }
        }

        return null;
    }

    private static Policy? InForce(QuantumRedis look) =>
        look.Last(look.Keys.KeysOf(StreamCatalog.PolicyUpdated)[0]) is { } entry ? Policy.Of(entry) : null;

    private static void Show(Policy? policy, bool isJson)
    {
        if (isJson)
        {
            JsonText.Print(new { answered = policy is not null, policy });
        }
        else if (policy is null)
        {
            Console.Out.WriteLine(
                "The word is recorded, but governance has not answered in time: is it alive? ./quantum audit tells.");
        }
        else
        {
            Console.Out.WriteLine(
                $"kill switch {(policy.KillSwitch ? "ON: no entries, exits only" : "off")}; "
                + $"risk mode {policy.RiskMode}; policy {policy.Version} by {policy.UpdatedBy}: {policy.Reason}");
        }
    }

    /// <summary>The policy's part that the operator asks about.</summary>
    private sealed record Policy(
        bool KillSwitch, string RiskMode, string Version, string UpdatedBy, string Reason, long AtMs)
    {
        public static Policy Of(StreamEntry entry) => new(
            entry["kill_switch"] == "true", entry["risk_mode"], entry["policy_version"], entry["updated_by"],
            entry["reason"] is { Length: > 0 } text ? text : entry["reason_code"], entry.AtMs);
    }
}
