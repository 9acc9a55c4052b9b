using Quantum.Bench.Decisions;
using Quantum.Contracts.Units;
using Quantum.Feeds;
using Quantum.Feeds.Generated;

namespace Quantum.Bench.Backtests;

/// <summary>Generated minutes as files, so that a run begins where a user's does.</summary>
internal sealed class GeneratedYear : IDisposable
{
    private const long StartMs = 1_733_011_200_000; // 2024-12-01

    // The generator's markets are ten: these play two of them once more, from another seed.
    private static readonly (string Name, string Market)[] s_further =
        [("SUIUSDT", "NEARUSDT"), ("ARBUSDT", "ADAUSDT")];

    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-bench-year-").FullName;

    /// <param name="symbols">How many, 1 to <see cref="MostSymbols"/>.</param>
    /// <param name="days">How long, above 0.</param>
    public GeneratedYear(int symbols, double days)
    {
        var known = GeneratedSymbol.Known.Select(known => known.Symbol).ToArray();
        Generate(_folder, 1, known.Take(symbols), days);
        var further = s_further.Take(symbols - known.Length).ToArray();
        if (further.Length == 0) return;
        var aside = Directory.CreateDirectory(Path.Combine(_folder, "aside")).FullName;
        Generate(aside, 2, further.Select(market => Symbol.Parse(market.Market)), days);
        foreach (var (name, market) in further)
            File.Move(Path.Combine(aside, market + ".csv"), Path.Combine(_folder, name + ".csv"));
        Directory.Delete(aside);
    }

    /// <summary>As many as there are names for.</summary>
    public static int MostSymbols => GeneratedSymbol.Known.Count + s_further.Length;

    public FeedSettings Settings => new() { Kind = FeedKind.Recorded, Path = _folder };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Generate(string folder, ulong seed, IEnumerable<Symbol> symbols, double days)
    {
        using var rows = new CandleRows(folder);
        new GeneratedFeed(new GeneratedSettings
        {
            Seed = seed, AnchorMs = StartMs, LiveFromMs = long.MaxValue, EndMs = StartMs + (long)(days * 86_400_000),
            Symbols = [.. symbols],
        }).Run(rows, CancellationToken.None);
    }
}
