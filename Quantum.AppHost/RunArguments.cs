using System.Reflection;
using Quantum.Contracts.Settings;

namespace Quantum.AppHost;

/// <summary>
/// The arguments of <c>./quantum up</c> as settings of the AppHost: <c>--data</c> becomes <c>Feed:Path</c>, and so on.
/// What is not one of them goes on to the host unchanged.
/// </summary>
internal sealed class RunArguments
{
    private const string FeedKind = "Feed:Kind";
    private const string Live = "binance";

    // A recording is asked for by its path.
    private static readonly string[] s_feeds = ["generated", Live];

    private static readonly SortedDictionary<string, string> s_withValue = new(
        FeedNames.Settings.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal)
    {
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

    /// <summary>The page of its options, which the launcher prints without a build.</summary>
    public static string Help
    {
        get
        {
            using var reader = new StreamReader(
                Assembly.GetExecutingAssembly().GetManifestResourceStream("up.txt")!);
            return reader.ReadToEnd();
        }
    }

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
                // What follows a name of the host is its value as it is: a path may have a colon.
                if (!IsValueOfHost(name)) CheckName(name, argument);
                _forHost.Add(argument);
                break;
        }
    }

    private static void CheckName(string name, string argument)
    {
        if (name.Contains(':', StringComparison.Ordinal)) CheckSetting(argument);
        else if (!s_ofHost.Contains(name))
            throw new DistributedApplicationException($"'{argument}' is not known. See ./quantum up --help.");
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
