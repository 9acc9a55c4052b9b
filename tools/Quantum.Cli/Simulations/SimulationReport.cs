using System.Diagnostics;
using System.Text.Json.Serialization;
using Quantum.Simulation;

namespace Quantum.Cli.Simulations;

/// <summary>What many runs showed.</summary>
internal sealed class SimulationReport
{
    /// <summary>So many failures are made short.</summary>
    public const int MostShrunk = 5;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private string? _hash;

    public required long FirstSeed { get; init; }

    /// <summary>Market time of each run.</summary>
    public required int Minutes { get; init; }

    public required int Cores { get; init; }

    public int Seeds { get; private set; }

    public int FailedSeeds => Failed.Count;

    public double Seconds { get; private set; }

    public double SeedsPerSecondAndCore => Seconds > 0 ? Seeds / Seconds / Cores : 0;

    public long Faults { get; private set; }
    public long Entries { get; private set; }
    public long Intents { get; private set; }
    public long Orders { get; private set; }
    public long Trades { get; private set; }

    /// <summary>SHA-256 over every entry of the run; only where it is one.</summary>
    public string? Hash => Seeds == 1 ? _hash : null;

    public List<FailureText> Failures { get; } = [];

    /// <summary>Runs in which a checker failed.</summary>
    [JsonIgnore]
    public List<SimulationResult> Failed { get; } = [];

    public void Add(SimulationResult result)
    {
        Seeds++;
        _hash = result.Hash;
        (Faults, Entries, Intents, Orders, Trades) = (
            Faults + result.Faults.Count, Entries + result.Entries, Intents + result.Intents, Orders + result.Orders,
            Trades + result.Trades);
        if (result.Violation is not null) Failed.Add(result);
    }

    public SimulationReport End()
    {
        Seconds = _clock.Elapsed.TotalSeconds;
        return this;
    }
}
