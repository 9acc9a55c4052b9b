using System.Globalization;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Feeds;
using Quantum.Feeds.Generated;
using Quantum.Feeds.Recorded;
using Quantum.Roles.Ai.Plans;

namespace Quantum.Bench.Decisions;

/// <summary>
/// The candles of one generated market as a recording, with two weeks of history before the days that are traded, and
/// what somebody who knows the planted rule expects at each minute's end.
/// </summary>
internal sealed class GeneratedTape : IDisposable
{
    /// <summary>Days told as closed candles before trading starts.</summary>
    public const int HistoryDays = 14;

    private const long DayMs = 86_400_000;
    private const long StartMs = 1_764_892_800_000; // 2025-12-05
    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-bench-market-").FullName;
    private readonly Dictionary<(Symbol Symbol, long AtMs), double> _known = [];
    private readonly long _fromMs;

    public GeneratedTape(ulong seed, double edge, int days)
    {
        _fromMs = StartMs + HistoryDays * DayMs;
        var sink = new CandleRows(_folder);
        new GeneratedFeed(new GeneratedSettings
        {
            Seed = seed, Edge = edge, AnchorMs = StartMs, LiveFromMs = long.MaxValue, EndMs = _fromMs + days * DayMs,
            OnMinute = (path, atMs) => _known[(path.Symbol.Symbol, atMs)] =
                path.ExpectedReturn(EntryPlanSettings.UsualHoldMs / 1000.0),
        }).Run(sink, CancellationToken.None);
        sink.Dispose();
    }

    /// <summary>Log return to be expected over the hold, to who knows the rule.</summary>
    public double Expected(Symbol symbol, long atMs) => _known.GetValueOrDefault((symbol, atMs));

    public IMarketFeed Open() => RecordedFeed.Open(new RecordedSettings
    {
        Path = _folder, FromMs = _fromMs, HistoryCandles = HistoryDays * 1_440,
    });

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
