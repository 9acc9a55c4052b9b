using Quantum.Cli.Looking;

namespace Quantum.Cli.Commands;

/// <summary>The market's feed: stands still and goes on at the operator's word.</summary>
internal static class FeedVerb
{
    private const string Name = "feed";
    private const string Summary = "the market's feed: pause it, let it go on, see whether it runs";

    private const string Explained = """
        The market's feed. A paused recording stands between two steps and goes on from there; its result is the same.
        A paused generated market in real time stands still, and what goes by meanwhile is told as closed candles when
        it goes on. The word is kept over restarts. A venue's own market (testnet, live) cannot be paused.

        While it is paused nothing fills, so exits wait, too; in real time stale prices close the gates for entries.

        Exit code: 0 done (status: it runs), 1 no answer in time (status: it does not run), 2 could not ask.

        Examples:
          ./quantum feed pause --reason "a look at the books"
          ./quantum feed resume --reason "seen" --by anna
          ./quantum feed status --json
        """;

    public static Command Create()
    {
        var (redis, json) = (CommonOptions.Redis(), CommonOptions.Json());
        var status = new Command("status", "shows whether it runs, who paused it and why") { redis, json };
        status.SetAction(parsed =>
        {
            using var look = new QuantumRedis(parsed.GetValue(redis));
            var now = FeedNow.Of(look);
            Show(now, parsed.GetValue(json));
            return now.State == FeedState.Running ? ExitCode.Healthy : ExitCode.Findings;
        });
        return new Command(Name, Explained)
        {
            Word("pause", "has the market stand still", ControlAction.FeedPause, redis, json),
            Word("resume", "lets the market go on", ControlAction.FeedResume, redis, json),
            status,
        };
    }

    private static Command Word(
        string name, string what, ControlAction action, Option<string> redis, Option<bool> json) =>
        Control.Word(name, what, action, redis, json, (control, look, parsed) =>
        {
            var now = control.Say(look, parsed, action) ? FeedNow.Of(look) : null;
            Show(now, parsed.GetValue(json));
            var isPaused = now?.State == FeedState.Paused;
            return now is not null && isPaused == (action == ControlAction.FeedPause)
                ? ExitCode.Healthy
                : ExitCode.Findings;
        });

    private static void Show(FeedNow? now, bool isJson)
    {
        if (isJson) JsonText.Print(new { answered = now is not null, feed = now });
        else if (now is null) Console.Out.WriteLine(Control.UnansweredBy("the market service"));
        else Console.Out.WriteLine($"the feed {Words(now)}; newest price {Newest(now)}");
    }

    private static string Words(FeedNow now) => now.State switch
    {
        FeedState.Running => "runs",
        FeedState.Paused => $"is paused since {ShownText.Time(now.PausedAtMs ?? 0)} by {now.By}: {now.Reason}",
        FeedState.Ended => "is over: the recording was played to its end",
        FeedState.Silent => "is silent: no fresh price comes; ./quantum audit tells more",
        _ => "is down: no market service lives; ./quantum audit tells more",
    };

    private static string Newest(FeedNow now) =>
        now.NewestTickMs is { } ms ? $"of {ShownText.Time(ms)}" : "none yet";
}
