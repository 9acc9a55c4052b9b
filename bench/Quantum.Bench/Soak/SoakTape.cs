using Quantum.Bench.Decisions;
using Quantum.Feeds.Generated;

namespace Quantum.Bench.Soak;

/// <summary>The candles of a generated market as a recording of one minute each, in a folder of its own.</summary>
internal sealed class SoakTape : IDisposable
{
    /// <summary>2025-12-05, UTC epoch ms.</summary>
    public const long FirstMs = 1_764_892_800_000;

    private const double MsPerHour = 3_600_000;

    public SoakTape(SoakOptions options)
    {
        using var sink = new CandleRows(Folder);
        new GeneratedFeed(new GeneratedSettings
        {
            Seed = (ulong)options.Seed, AnchorMs = FirstMs, LiveFromMs = long.MaxValue,
            EndMs = FirstMs + (long)(options.AllHours * MsPerHour),
            Symbols = [.. GeneratedSymbol.Known.Take(options.Symbols).Select(known => known.Symbol)],
        }).Run(sink, CancellationToken.None);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("quantum-soak-tape-").FullName;

    /// <summary>Simulated hours at a time of the tape, UTC epoch ms.</summary>
    public static double HoursAt(long atMs) => (atMs - FirstMs) / MsPerHour;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
