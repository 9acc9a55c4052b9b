using System.Net.Sockets;
using Quantum.Archive;
using Quantum.Backtest.Settings;
using Quantum.Backtest.Sweeps;
using Quantum.Cli;
using Quantum.Cli.Commands;
using Quantum.EventLog;
using Quantum.Resp;
using Quantum.Feeds;
using Quantum.Instruments;
using Quantum.Simulation;

// One line per verb: AuditVerb.Create(), … Each lives in Commands/ (AuditVerb.cs) and states two constants, Name and
// Summary, each on one line: `./quantum` prints them as its help without a build.
Command[] verbs =
[
    ApiKeyVerb.Create(),
    AuditVerb.Create(),
    BacktestVerb.Create(),
    CloseVerb.Create(),
    DataVerb.Create(),
    DemoVerb.Create(),
    DlqVerb.Create(),
    DrainVerb.Create(),
    FeedVerb.Create(),
    FlattenVerb.Create(),
    AdoptVerb.Create(),
    FlowVerb.Create(),
    ImportVerb.Create(),
    InstrumentsVerb.Create(),
    KillVerb.Create(),
    PasswordVerb.Create(),
    PolicyVerb.Create(),
    PositionsVerb.Create(),
    RecordVerb.Create(),
    ReplayVerb.Create(),
    SimulateVerb.Create(),
    StopMoveVerb.Create(),
    SweepVerb.Create(),
    TraceVerb.Create(),
    VenueVerb.Create(),
    WhyVerb.Create(),
];

var root = new RootCommand("Quantum's command line: look at the streams, steer the system, run recorded markets.");
foreach (var verb in verbs)
{
    root.Add(verb);
}

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        Console.Error.WriteLine($"quantum: {error.Message}");
    }

    Console.Error.WriteLine("`./quantum` lists the verbs, `./quantum <verb> --help` explains one.");
    return ExitCode.CouldNotLook;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (OperationCanceledException)
{
    return ExitCode.Interrupted;
}
catch (Exception fault) when (
    fault is LookException or FeedException or IOException or JsonException or SocketException or TimeoutException
        or FormatException or InstrumentException or UnauthorizedAccessException or RespException
        or LogUnavailableException or LogRefusedException or SettingsException or SweepException or ArchiveException
        or SimulationException)
{
    Console.Error.WriteLine($"quantum: {NameText.Shown(TypedNames.In(fault.Message, parsed))}");
    return ExitCode.CouldNotLook;
}
