using Quantum.Cli.Looking;

namespace Quantum.Cli.Commands;

/// <summary>The risk policy in force: what it allows, what restricts it, and the operator's word on it.</summary>
internal static class PolicyVerb
{
    private const string Name = "policy";
    private const string Summary = "the risk policy in force: show it, set the mode, reset what tripped";

    private const string Explained = """
        The risk policy in force. `reset` takes note of what tripped (losses, drawdown, lost entries): only what gets
        worse trips again, and what still holds trips at once. `mode` says how much risk is wanted; a trip can only be
        stricter.

        Exit code: 0 done, entries allowed; 1 entries blocked, or no answer in time; 2 could not ask.

        Examples:
          ./quantum policy show
          ./quantum policy reset --reason "looked into the drawdown" --by anna
          ./quantum policy mode defensive --reason "news at two"
        """;

    public static Command Create()
    {
        var redis = CommonOptions.Redis();
        var json = CommonOptions.Json();
        var show = new Command("show", "shows mode, limits and what tripped") { redis, json };
        show.SetAction(parsed =>
        {
            using var look = new QuantumRedis(parsed.GetValue(redis));
            return Show(PolicyInForce.Required(look), parsed.GetValue(json));
        });
        var wanted = new Argument<string>("mode") { Description = "normal, aggressive, defensive or halt" };
        wanted.AcceptOnlyFromAmong([.. Enum.GetValues<RiskMode>().Select(WireNames.Of)]);
        var mode = Word(
            "mode", "says how much risk is wanted", ControlAction.SetMode, redis, json,
            parsed => ModeOf(parsed.GetValue(wanted)!));
        mode.Arguments.Add(wanted);
        var reset = Word(
            "reset", "takes note of what tripped and lifts it", ControlAction.Reset, redis, json, _ => null);
        return new Command(Name, Explained) { show, mode, reset };
    }

    private static Command Word(
        string name, string what, ControlAction action, Option<string> redis, Option<bool> json,
        Func<ParseResult, RiskMode?> modeOf) =>
        Control.Word(name, what, action, redis, json, (control, look, parsed) => Show(
            control.Say(look, parsed, action, modeOf(parsed)) ? PolicyInForce.Of(look) : null, parsed.GetValue(json)));

    private static RiskMode ModeOf(string text) =>
        Enum.GetValues<RiskMode>().First(mode => WireNames.Of(mode) == text);

    private static int Show(PolicyInForce? policy, bool isJson)
    {
        if (isJson) JsonText.Print(new { answered = policy is not null, policy });
        else if (policy is null) Console.Out.WriteLine(Control.Unanswered);
        else Print(policy);
        return policy is { AllowsEntries: true } ? ExitCode.Healthy : ExitCode.Findings;
    }

    private static void Print(PolicyInForce policy)
    {
        Console.Out.WriteLine(
            $"risk mode {policy.RiskMode}, kill switch {(policy.KillSwitch ? "ON" : "off")}: "
            + (policy.AllowsEntries ? "entries are allowed"
                : policy.FlattenSinceMs is null ? "no entries, exits only" : "no entries, every position is closed"));
        Console.Out.WriteLine(
            $"policy {policy.Version} of {ShownText.Time(policy.AtMs)} by {policy.UpdatedBy}: {policy.Reason}");
        if (policy.Trip is { } trip) Console.Out.WriteLine($"tripped by {trip.ReasonCode}, {trip.End}");
        Console.Out.WriteLine();
        ShownText.Table(Console.Out,
        [
            ["limit", "value"],
            .. policy.Limits.Select(limit => new[] { limit.Key, limit.Value?.ToJsonString() ?? "" }),
        ]);
    }
}
