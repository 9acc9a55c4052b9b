using Quantum.Cli.Looking;

namespace Quantum.Cli.Commands;

/// <summary>The kill switch: stops entries at once, leaves exits possible.</summary>
internal static class KillVerb
{
    private const string Name = "kill";
    private const string Summary = "the kill switch: stops entries at once, exits stay possible";

    private const string Explained = """
        The kill switch: on stops entries at once and leaves exits possible, off allows entries again and
        ends what `flatten` began.
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
            var policy = PolicyInForce.Required(look);
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
        string name, string what, ControlAction action, Option<string> redis, Option<bool> json) =>
        Control.Word(name, what, action, redis, json, (control, look, parsed) =>
        {
            look.RequireMode();
            var wanted = action == ControlAction.KillOn;
            var policy = PolicyInForce.Of(look);
            // On is said whatever the policy says: a release that governance has not followed yet must not be the last
            // word.
            if (wanted || policy?.KillSwitch != wanted)
                policy = control.Say(look, parsed, action) ? PolicyInForce.Of(look) : null;
            var isDone = policy?.KillSwitch == wanted;
            Show(isDone ? policy : null, parsed.GetValue(json));
            return isDone ? ExitCode.Healthy : ExitCode.Findings;
        });

    private static void Show(PolicyInForce? policy, bool isJson)
    {
        if (isJson) JsonText.Print(new { answered = policy is not null, policy });
        else if (policy is null) Console.Out.WriteLine(Control.Unanswered);
        else
        {
            Console.Out.WriteLine(
                $"kill switch {policy.SwitchText}; "
                + $"risk mode {policy.RiskMode}; policy {policy.Version} by {policy.UpdatedBy}: {policy.Reason}");
        }
    }
}
