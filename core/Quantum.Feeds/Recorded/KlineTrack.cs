using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Feeds.Recorded;

/// <summary>
/// The candles of one symbol: checked from the first to the last row when opened, read again when played.
/// </summary>
internal sealed class KlineTrack
{
    private readonly IReadOnlyList<string> _files;
    private readonly long? _fromMs;
    private readonly long? _toMs;

    private KlineTrack(Symbol symbol, IReadOnlyList<string> files, RecordedSettings settings) =>
        (Symbol, _files, _fromMs, _toMs) = (symbol, files, settings.FromMs, settings.ToMs);

    public Symbol Symbol { get; }

    /// <summary>Length of every candle, ms.</summary>
    public long IntervalMs { get; private set; }

    /// <summary>Open of the first candle that is played, UTC epoch ms; 0 when none is.</summary>
    public long FirstMs { get; private set; }

    /// <summary>Open of the last candle that is played, UTC epoch ms; 0 when none is.</summary>
    public long LastMs { get; private set; }

    /// <summary>Candles that are played.</summary>
    public long Count { get; private set; }

    public static KlineTrack Open(Symbol symbol, IReadOnlyList<string> files, RecordedSettings settings)
    {
        var track = new KlineTrack(symbol, files, settings);
        track.Scan();
        track.CheckGrid(settings.OnGap);
        return track;
    }

    /// <summary>Every candle before the end, those before the start of what is played too.</summary>
    public IEnumerable<MarketKline> Read()
    {
        var name = CandleInterval.NameOf(IntervalMs)!;
        var nextMs = 0L;
        foreach (var row in KlineReader.Read(Symbol, _files))
        {
            if (row.OpenTimeMs >= _toMs) yield break;
            yield return new MarketKline
            {
                Symbol = Symbol, Interval = name, OpenTimeMs = row.OpenTimeMs,
                CloseTimeMs = row.OpenTimeMs + IntervalMs,
                Open = row.Open, High = row.High, Low = row.Low, Close = row.Close, Volume = row.Volume,
                QuoteVolume = row.QuoteVolume, Trades = row.Trades, GapBefore = nextMs != 0 && row.OpenTimeMs > nextMs,
            };
            nextMs = row.OpenTimeMs + IntervalMs;
        }
    }

    /// <summary>Reads all rows, so that a bad one ends the start and not the run.</summary>
    private void Scan()
    {
        KlineRow last = default, shortest = default;
        var stepMs = long.MaxValue;
        foreach (var row in KlineReader.Read(Symbol, _files))
        {
            var distance = row.LengthMs ?? (last.OpenTimeMs == 0 ? long.MaxValue : row.OpenTimeMs - last.OpenTimeMs);
            if (distance < stepMs) (stepMs, shortest) = (distance, row);
            last = row;
            if (row.OpenTimeMs < _fromMs || row.OpenTimeMs >= _toMs) continue;
            if (Count++ == 0) FirstMs = row.OpenTimeMs;
            LastMs = row.OpenTimeMs;
        }

        if (stepMs == long.MaxValue)
        {
            throw last.Place.Fault(
                "one candle alone does not tell its interval", "give at least two candles in a row");
        }

        if (CandleInterval.NameOf(stepMs) is null)
        {
            throw shortest.Place.Fault(
                "timestamp", CandleInterval.TimeText(shortest.OpenTimeMs),
                $"is {stepMs} ms after the candle before, which is no candle interval ({CandleInterval.Names})",
                "correct the times, or remove the line");
        }

        IntervalMs = stepMs;
    }

    private void CheckGrid(Action<TapeGap>? onGap)
    {
        var lastMs = 0L;
        foreach (var row in KlineReader.Read(Symbol, _files))
        {
            if (row.OpenTimeMs % IntervalMs != 0 && IntervalMs <= CandleInterval.MinuteMs * 1_440)
            {
                throw row.Place.Fault(
                    "timestamp", CandleInterval.TimeText(row.OpenTimeMs),
                    $"is no start of a {CandleInterval.NameOf(IntervalMs)} candle",
                    "correct the time, or remove the line");
            }

            var missing = lastMs == 0 ? 0 : (row.OpenTimeMs - lastMs) / IntervalMs - 1;
            var isPlayed = !(row.OpenTimeMs < _fromMs) && !(row.OpenTimeMs >= _toMs);
            if (missing > 0 && isPlayed) onGap?.Invoke(new(Symbol, lastMs + IntervalMs, row.OpenTimeMs, missing));
            lastMs = row.OpenTimeMs;
        }
    }
}
