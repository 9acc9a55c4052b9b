using Quantum.Bench.Decisions;
using Quantum.Feeds;
using Quantum.Feeds.Generated;

namespace Quantum.Bench.Backtests;

/// <summary>Generated minutes as files, so that a run begins where a user's does.</summary>
internal sealed class GeneratedYear : IDisposable
{
    private const long StartMs = 1_733_011_200_000; // 2024-12-01
    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-bench-year-").FullName;

    /// <param name="symbols">How many, 1 to <see cref="MostSymbols"/>.</param>
    /// <param name="days">How long, above 0.</param>
    public GeneratedYear(int symbols, double days)
    {
        using var rows = new CandleRows(_folder);
        new GeneratedFeed(new GeneratedSettings
        {
            Seed = 1, AnchorMs = StartMs, LiveFromMs = long.MaxValue, EndMs = StartMs + (long)(days * 86_400_000),
            Symbols = [.. GeneratedSymbol.Known.Take(symbols).Select(known => known.Symbol)],
        }).Run(rows, CancellationToken.None);
    }

    /// <summary>As many as the generator knows.</summary>
    public static int MostSymbols => GeneratedSymbol.Known.Count;

    public FeedSettings Settings => new() { Kind = FeedKind.Recorded, Path = _folder };

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
