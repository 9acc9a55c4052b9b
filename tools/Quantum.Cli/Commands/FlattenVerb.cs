using Quantum.Cli.Looking;

namespace Quantum.Cli.Commands;

/// <summary>Closes every position and keeps entries stopped.</summary>
internal static class FlattenVerb
{
    private const string Name = "flatten";
    private const string Summary = "closes every position at the market, stops entries; shown first, done with --yes";
    private const int PollMs = 200;

    private const string Explained = """
        Turns the kill switch on and closes every position at the market, reduce-only, one exit each with the reason
        operator_flatten. What still opens, because its order was under way, is closed as well. It holds, over restarts
        too, until `./quantum kill off --reason …`; saying it again changes nothing. Shown first, done with --yes.

        Waits for governance's answer and then until all is closed, each for as long as --timeout says.

        Exit code: 0 flat (without --yes: nothing to close), 1 not yet flat or no answer in time, 2 could not ask.

        Examples:
          ./quantum flatten --reason "weekend"
          ./quantum flatten --reason "weekend" --by anna --yes
        """;

    public static Command Create()
    {
        var (redis, json, yes) = (CommonOptions.Redis(), CommonOptions.Json(), CommonOptions.Yes());
        var control = new Control();
        var command = new Command(Name, Explained) { redis, json, yes };
        control.AddTo(command);
        command.SetAction((parsed, cancel) => Task.Run(() =>
        {
            using var look = new QuantumRedis(parsed.GetValue(redis));
            look.RequireMode();
            return parsed.GetValue(yes)
                ? Flatten(look, control, parsed, parsed.GetValue(json), cancel)
                : Preview(Holdings.Of(look), parsed.GetValue(json));
        }, CancellationToken.None));
        return command;
    }

    private static int Preview(Holdings holdings, bool isJson)
    {
        if (isJson) JsonText.Print(new { dryRun = true, holdings });
        else
        {
            Table(holdings);
            Console.Out.WriteLine(
                $"Nothing was changed: --yes turns the kill switch on and closes {holdings.Open.Count} positions.");
        }

        return holdings.IsFlat ? ExitCode.Healthy : ExitCode.Findings;
    }

    private static int Flatten(
        QuantumRedis look, Control control, ParseResult parsed, bool isJson, CancellationToken cancel)
    {
        var isAnswered = control.Say(look, parsed, ControlAction.Flatten);
        var policy = isAnswered ? PolicyInForce.Of(look) : null;
        var holdings = isAnswered ? Wait(look, control.Timeout(parsed), cancel) : Holdings.Of(look);
        if (isJson) JsonText.Print(new { dryRun = false, answered = isAnswered, policy, holdings });
        else if (policy is null) Console.Out.WriteLine(Control.Unanswered);
        else Tell(policy, holdings);
        return isAnswered && holdings.IsFlat ? ExitCode.Healthy : ExitCode.Findings;
    }

    private static Holdings Wait(QuantumRedis look, TimeSpan limit, CancellationToken cancel)
    {
        var untilMs = look.NowMs + (long)limit.TotalMilliseconds;
        var holdings = Holdings.Of(look);
        while (!holdings.IsFlat && look.NowMs < untilMs)
        {
            cancel.WaitHandle.WaitOne(PollMs);
            cancel.ThrowIfCancellationRequested();
            holdings = Holdings.Of(look);
        }

        return holdings;
    }

    private static void Tell(PolicyInForce policy, Holdings holdings)
    {
        Console.Out.WriteLine(
            $"kill switch {policy.SwitchText}; policy {policy.Version} by {policy.UpdatedBy}: {policy.Reason}");
        if (holdings.IsFlat)
        {
            Console.Out.WriteLine("flat: nothing is open. ./quantum kill off --reason … allows entries again.");
            return;
        }

        Table(holdings);
        Console.Out.WriteLine(
            "Not flat yet: closing goes on until it is. ./quantum positions and ./quantum why SYMBOL tell more.");
    }

    private static void Table(Holdings holdings)
    {
        if (holdings.Opening.Count > 0)
            Console.Out.WriteLine($"entries under way: {string.Join(", ", holdings.Opening)}");
        if (holdings.Open.Count == 0) Console.Out.WriteLine("no open position");
        else
        {
            ShownText.Table(Console.Out,
            [
                ["symbol", "quantity"],
                .. holdings.Open.Select(open => new[]
                {
                    open.Key, open.Value.ToString("0.########", CultureInfo.InvariantCulture),
                }),
            ]);
        }
    }
}
