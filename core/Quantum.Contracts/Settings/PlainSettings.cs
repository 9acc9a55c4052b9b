namespace Quantum.Contracts.Settings;

/// <summary>A setting that is no section of a role or service: where something is, or what a run shall be.</summary>
/// <param name="Name">Its key, as configuration has it.</param>
/// <param name="Reader">Who reads it: <c>up</c>, a service, or every service.</param>
/// <param name="Meaning">What it says.</param>
/// <param name="Values">What it can be.</param>
/// <param name="Default">What holds when it is not set.</param>
/// <param name="Option">The option of <c>./quantum up</c> that sets it; empty: none.</param>
public sealed record PlainSetting(
    string Name, string Reader, string Meaning, string Values, string Default, string Option = "")
{
    /// <summary>What a setting that is on or off can be.</summary>
    public const string Truth = "true or false";

    /// <summary>Whether it is on or off.</summary>
    public bool IsTruth => Values == Truth;

    /// <summary>How it is set, in the words of a mend.</summary>
    public string Mend => $"./quantum up {Option} sets it";
}

/// <summary>Every plain setting; a test finds keys that are read and do not stand here.</summary>
public static class PlainSettings
{
    /// <summary>How a run comes to a Redis that holds nothing, in the words of a mend.</summary>
    public const string EmptyRedis = "./quantum up --folder DIR starts one";

    private const string Up = "up";
    private const string Every = "every service";
    private const string Servers = "auto, container, local or external";

    public static PlainSetting Mode { get; } = new(
        "Parameters:mode", Up, "What the system trades on.", "sim, paper, testnet, demo or live", "paper", "--mode");

    public static PlainSetting ConsolePort { get; } = new(
        "Console:Port", Up, "Where the console answers; empty: a free port.", "1 to 65535 or empty", "5110", "--port");

    public static PlainSetting RunFolder { get; } = new(
        "Run:Folder", Up, "Where the run's data goes; one run at a time owns it.", "a folder that can be written",
        ".quantum", "--folder");

    public static PlainSetting FolderOfVerbs { get; } = new(
        RunFiles.Variable, "up, every verb", "The folder of the run that is meant; `--folder` goes before it.",
        "a folder", "`.quantum` of the checkout");

    public static PlainSetting RunIsTape { get; } = new(
        "Run:IsTape", Up, "A recording is played; `--data` sets it.", PlainSetting.Truth, "false");

    public static PlainSetting RunExitAtEnd { get; } = new(
        "Run:ExitAtEnd", Up, "The run ends with its recording.", PlainSetting.Truth, "false", "--exit-at-end");

    public static PlainSetting RunJson { get; } = new(
        "Run:Json", Up, "The summary is one JSON document, alone on standard output.", PlainSetting.Truth, "false",
        "--json");

    public static PlainSetting RunOpen { get; } = new(
        "Run:Open", Up, "Console and dashboard are opened in a browser.", PlainSetting.Truth, "false", "--open");

    public static PlainSetting RunStandby { get; } = new(
        "Run:Standby", Up, "A second executor waits for the first one's seats, and takes them when it dies or freezes.",
        PlainSetting.Truth, "false", "--standby");

    public static PlainSetting RedisSource { get; } = new(
        "Redis:Source", Up, "Which Redis holds the streams; external is the connection string `redis`.", Servers,
        "auto: the connection string, else a container runtime, else a local redis-server");

    public static PlainSetting RedisConnection { get; } = new(
        "ConnectionStrings:redis", "up, every service, every verb",
        "Where Redis is: `host:port`, then options with commas between. `up` sets it for its services.",
        "a Redis connection string", "not set; a verb asks the running `up`, else `localhost:6379`");

    public static PlainSetting RedisRoots { get; } = new(
        "SERedis_IssuerCertPath", "every service, every verb",
        "Whose certificates a Redis that speaks TLS may have, beside those that the machine trusts.", "a PEM file",
        "not set; `up` sets it for a Redis of its own");

    public static PlainSetting RedisUsers { get; } = new(
        "Redis:Users", Up, "Each service has a user of its own in a Redis that `up` starts, with only what it needs.",
        PlainSetting.Truth, "true");

    public static PlainSetting RedisTls { get; } = new(
        "Redis:Tls", Up, "A local redis-server speaks TLS alone, with a certificate made at its start.",
        PlainSetting.Truth, "false");

    public static PlainSetting JournalStore { get; } = new(
        "Journal:Store", Up, "Where closed trades are kept.", "sqlite or postgres", "sqlite", "--journal");

    public static PlainSetting JournalSource { get; } = new(
        "Journal:Source", Up, "Which PostgreSQL keeps the journal; external is the connection string `journal`.",
        Servers, "auto: as for Redis");

    public static PlainSetting JournalConnection { get; } = new(
        "ConnectionStrings:journal", "up, learning", "Where the PostgreSQL of the journal is; `up` sets it.",
        "a PostgreSQL connection string", "not set: the journal is a file");

    public static PlainSetting InstrumentsPath { get; } = new(
        "Instruments:Path", Every, "Facts about symbols, laid over the built-in book.",
        "an instruments.json or the exchange's exchangeInfo", "`instruments.json` in the run's folder, if there",
        "--instruments");

    public static PlainSetting JournalPath { get; } = new(
        "Journal:Path", "learning", "The journal's file, where no connection string `journal` is given.", "a file",
        "`.quantum/journal.db`; `up` sets it to the run's folder");

    public static PlainSetting SizingAddress { get; } = new(
        "SIZING_GRPC", "trading-bot", "Where the sizing service answers; `up` sets it.", "a web address",
        "http://localhost:5114");

    /// <summary>All of them, in the order in which they are told.</summary>
    public static IReadOnlyList<PlainSetting> All { get; } =
    [
        Mode, ConsolePort, RunFolder, FolderOfVerbs, RunIsTape, RunExitAtEnd, RunJson, RunOpen, RunStandby,
        RedisSource, RedisConnection, RedisRoots, RedisUsers, RedisTls, JournalStore, JournalSource,
        JournalConnection, InstrumentsPath, JournalPath, SizingAddress,
    ];
}
