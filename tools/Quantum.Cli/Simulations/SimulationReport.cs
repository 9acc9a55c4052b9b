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
    private readonly SortedSet<long> _ahead = [];
    private string? _hash;
    private long _through;

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

    /// <summary>The first seed that was not run to its end, nor any behind it for certain.</summary>
    [JsonIgnore]
    public long NextSeed => FirstSeed + _through;

    public void Add(SimulationResult result)
    {
        Seeds++;
        _ahead.Add(result.Seed);
        while (_ahead.Remove(NextSeed)) _through++;
        _hash = result.Hash;
        (Faults, Entries, Intents, Orders, Trades) = (
            Faults + result.Faults.Count, Entries + result.Entries, Intents + result.Intents, Orders + result.Orders,
            Trades + result.Trades);
        if (result.Violation is not null) Failed.Add(result);
    }

    /// <summary>How far it is.</summary>
    /// <param name="seeds">How many are asked for.</param>
    public string SoFar(int seeds)
    {
        var (elapsed, left) = (_clock.Elapsed, _clock.Elapsed / Seeds * (seeds - Seeds));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Seeds} of {seeds} seeds, {Failed.Count} failed, {Seeds / elapsed.TotalSeconds:0.0} seeds/s, "
            + $"{(int)left.TotalHours:00}:{left:mm\\:ss} left; all to seed {NextSeed - 1} are run");
    }

    /// <summary>What was done before somebody stopped it, and how to go on.</summary>
    /// <param name="seeds">How many were asked for.</param>
    public string Stopped(int seeds)
    {
        var failed = Failed.Count == 0
            ? "none failed"
            : $"failed: {string.Join(", ", Failed.Select(result => result.Seed).Order())}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"stopped: {Seeds} of {seeds} seeds are run, {failed}; all before {NextSeed} are. Go on with "
            + $"--seed {NextSeed} --seeds {seeds - _through}.");
    }

    public SimulationReport End()
    {
        Seconds = _clock.Elapsed.TotalSeconds;
        return this;
    }
}
