using Quantum.Contracts.Settings;

namespace Quantum.AppHost;

/// <summary>
/// The arguments of <c>./quantum up</c> as settings of the AppHost: <c>--data</c> becomes <c>Feed:Path</c>, and so on.
/// What is not one of them goes on to the host unchanged.
/// </summary>
internal sealed class RunArguments
{
    public const string Help =
        """
        usage: ./quantum up [options]

          (no option)            trade a generated market at real-time pace, on paper
          --data FOLDER|FILE     trade recorded candles, trades or captures instead; ./quantum data check FOLDER
                                 tells what it holds
          --feed KIND            generated (default) or binance, the exchange's live market: name --symbols, too
          --symbols A,B          only these symbols
          --interval 5m          trade on candles of this length (1s to 1d; default: the recording's, at least 1m)
          --columns time=Date,open=Open
                                 what the columns of a CSV export are called, where not as usual
          --speed N|max          how fast the recording is played (default 1, real time; max: as fast as it goes)
          --from, --to TIME      only this part of the recording, ISO-8601 (UTC unless it says otherwise)
          --seed N               another generated market
          --edge X               what the generated market's planted momentum is worth, in costs of a round trip
                                 (default 2; 0: nothing is to be learnt from it)
          --instruments FILE     facts about symbols (tick, step, margin …) over the built-in ones:
                                 an instruments.json, or the exchange's exchangeInfo as downloaded
          --mode MODE            sim, paper, testnet, demo or live (default paper)
          --standby              a second executor waits for the first one's seats, and takes them when it dies or
                                 freezes: no position is without its stop for long
          --journal STORE        where closed trades are kept: sqlite (default) or postgres
          --port N               where the console answers (default 5110)
          --folder DIR           where the run's data goes (default .quantum); each run has its own
          --open                 open console and dashboard in a browser
          --skip-broken          leave out files of an archive that cannot be read, instead of refusing to start
          --exit-at-end          stop when the recording is over, and print what happened
          --json                 print that as one JSON document; everything else goes to standard error
          --help                 this page

        examples:
          ./quantum up
          ./quantum up --data recordings/klines-1m --symbols BTCUSDT,ETHUSDT --speed 600
          ./quantum up --feed binance --symbols BTCUSDT,ETHUSDT
          ./quantum up --data recordings/klines-1m --speed max --exit-at-end --json > summary.json
        """;

    private const string FeedKind = "Feed:Kind";
    private const string Live = "binance";

    // A recording is asked for by its path.
    private static readonly string[] s_feeds = ["generated", Live];

    private static readonly SortedDictionary<string, string> s_withValue = new(StringComparer.Ordinal)
    {
        ["--data"] = "Feed:Path",
        ["--feed"] = FeedKind,
        ["--symbols"] = "Feed:Symbols",
        ["--speed"] = "Feed:Speed",
        ["--interval"] = "Feed:Interval",
        ["--columns"] = "Feed:Columns",
        ["--from"] = "Feed:From",
        ["--to"] = "Feed:To",
        ["--seed"] = "Feed:Seed",
        ["--edge"] = "Feed:Edge",
        ["--mode"] = "mode",
        [PlainSettings.JournalStore.Option] = PlainSettings.JournalStore.Name,
        [PlainSettings.ConsolePort.Option] = PlainSettings.ConsolePort.Name,
        [PlainSettings.RunFolder.Option] = PlainSettings.RunFolder.Name,
        [PlainSettings.InstrumentsPath.Option] = PlainSettings.InstrumentsPath.Name,
    };

    private static readonly string[] s_ofRecording =
        ["--speed", "--from", "--to", "--interval", "--columns", "--skip-broken", "--exit-at-end"];

    private static readonly string[] s_ofGenerated = ["--edge", "--seed"];

    // What development tools give an AppHost; settings by their full name (Console:Port) go through as well.
    private static readonly string[] s_ofHost =
    [
        "--publisher", "--operation", "--step", "--output-path", "--log-level", "--environment", "--contentRoot",
        "--applicationName", "--include-exception-details", "--no-build",
    ];

    private static readonly HashSet<string> s_byEnvironment =
        new(KnownSections.OfServices, StringComparer.OrdinalIgnoreCase);

    // Read here, to be refused where they cannot be.
    private static readonly HashSet<string> s_checked =
        new(["Quantum:Shards", "Quantum:Mode"], StringComparer.OrdinalIgnoreCase);

    private readonly List<string> _forHost = [];

    /// <summary>What the host's own builder is given.</summary>
    public string[] ForHost => [.. _forHost];

    public bool WantsHelp { get; private set; }

    /// <summary>True when only the summary may stand on standard output.</summary>
    public bool Json { get; private set; }

    /// <summary>
    /// Reads the arguments; throws <see cref="DistributedApplicationException"/> that names the one at fault.
    /// </summary>
    public static RunArguments Parse(string[] args)
    {
        var run = new RunArguments();
        var given = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Length; i++)
        {
            var (name, value) = Split(args[i]);
            given.Add(name);
            if (s_withValue.TryGetValue(name, out var setting)) run.Set(name, setting, value ?? Next(args, ref i));
            else run.Flag(name, args[i]);
        }

        Check(given, run._forHost.Contains($"--{FeedKind}={Live}"));
        return run;
    }

    private void Set(string name, string setting, string value)
    {
        if (value.Length == 0 || value.StartsWith("--", StringComparison.Ordinal))
            throw new DistributedApplicationException($"{name} needs a value. See ./quantum up --help.");
        if (name == "--data")
        {
            // The services run in folders of their own.
            value = Path.GetFullPath(value);
            if (!Path.Exists(value))
                throw new DistributedApplicationException($"--data '{value}' does not exist: name a file or a folder.");
            _forHost.Add($"--{FeedKind}=recorded");
            Turn(PlainSettings.RunIsTape);
        }

        if (name == "--feed" && !s_feeds.Contains(value))
        {
            throw new DistributedApplicationException(
                $"--feed '{value}' is no market: use {string.Join(" or ", s_feeds)}, or --data FOLDER.");
        }

        if (name == "--folder") value = Path.GetFullPath(value);
        if (name == "--instruments")
        {
            value = Path.GetFullPath(value);
            if (!File.Exists(value))
                throw new DistributedApplicationException($"--instruments '{value}' does not exist: name a file.");
        }

        _forHost.Add($"--{setting}={value}");
    }

    private void Flag(string name, string argument)
    {
        switch (name)
        {
            case "--exit-at-end":
                Turn(PlainSettings.RunExitAtEnd);
                break;
            case "--skip-broken":
                _forHost.Add("--Feed:SkipBroken=true");
                break;
            case "--standby":
                Turn(PlainSettings.RunStandby);
                break;
            case "--open":
                Turn(PlainSettings.RunOpen);
                break;
            case "--json":
                Json = true;
                Turn(PlainSettings.RunJson);
                break;
            case "--help" or "-h":
                WantsHelp = true;
                break;
            default:
                if (name.Contains(':', StringComparison.Ordinal)) CheckSetting(argument);
                else if (!s_ofHost.Contains(name) && !IsValueOfHost(name))
                    throw new DistributedApplicationException($"'{argument}' is not known. See ./quantum up --help.");
                _forHost.Add(argument);
                break;
        }
    }

    // What is handed on to no service would be swallowed; a secret has no place among the arguments of a process.
    private static void CheckSetting(string argument)
    {
        var (name, value) = Split(argument.TrimStart('-', '/'));
        if (value is null)
            throw new DistributedApplicationException($"{argument} needs a value: write --{name}=VALUE.");
        if (KnownSections.SlipIn([name]) is { } slip) throw new DistributedApplicationException(slip);
        if (!s_byEnvironment.Contains(KnownSections.SectionOf(name)) || s_checked.Contains(name)) return;
        throw new DistributedApplicationException(
            $"{argument.Split('=')[0]} is no option of ./quantum up, which hands on settings of the roles alone: set "
            + $"it in the environment, {SettingsCheck.VariableOf(name)}=VALUE ./quantum up.");
    }

    private void Turn(PlainSetting on) => _forHost.Add($"--{on.Name}=true");

    // '--publisher manifest' comes in two arguments.
    private bool IsValueOfHost(string argument) =>
        !argument.StartsWith('-') && _forHost.Count > 0 && s_ofHost.Contains(_forHost[^1]);

    private static void Check(HashSet<string> given, bool isLive)
    {
        if (given.Contains("--data"))
        {
            if (given.Contains("--feed"))
                throw new DistributedApplicationException("--feed is for what is no recording: leave --data out.");
            if (given.Contains("--edge"))
                throw new DistributedApplicationException("--edge is for the generated market: leave --data out.");
            return;
        }

        if (isLive && !given.Contains("--symbols"))
            throw new DistributedApplicationException($"--feed {Live} needs --symbols BTCUSDT,…: what is traded.");
        if (isLive && s_ofGenerated.FirstOrDefault(given.Contains) is { } generated)
            throw new DistributedApplicationException($"{generated} is for the generated market: leave --feed out.");
        var alone = s_ofRecording.FirstOrDefault(given.Contains);
        if (alone is not null)
            throw new DistributedApplicationException($"{alone} is for a recording: name it with --data FOLDER.");
    }

    private static (string Name, string? Value) Split(string argument)
    {
        var at = argument.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? (argument, null) : (argument[..at], argument[(at + 1)..]);
    }

    private static string Next(string[] args, ref int i) => ++i < args.Length
        ? args[i]
        : throw new DistributedApplicationException($"{args[i - 1]} needs a value. See ./quantum up --help.");
}
