using System.Runtime.InteropServices;
using Quantum.Roles.Ai.Features;

namespace Quantum.Roles.Regimes;

/// <summary>
/// Tells the regime of each symbol from its closed candles and that of the market by vote: on each change and as a
/// heartbeat. The namespace is not the folder's name, for that is the name of the event.
/// </summary>
public sealed class MetaRegimeRole : Role
{
    private readonly RegimeSettings _given;
    private readonly StateCell<CandleSpan> _span;
    private RegimeSettings _scaled;

    // Kept over the votes, so that one allocates nothing.
    private readonly List<SymbolRegime> _voters = [];
    private readonly StateMap<SymbolRegime> _symbols;
    private readonly StateCell<MarketRegime> _market;

    public MetaRegimeRole(RegimeSettings? settings = null)
    {
        _given = _scaled = (settings ?? new RegimeSettings()).Checked();
        _span = State.Cell("span", static () => new CandleSpan());
        _symbols = State.Map("symbols", _ => new SymbolRegime());
        _market = State.Cell("market", () => new MarketRegime());
        On(StreamCatalog.MarketKlines, OnCandle);
        OnClock(OnClockStrike);
    }

    public override string Name => RoleNames.MetaRegime;

    // The length of the candles is state; what follows from it is made anew after loading.
    private RegimeSettings Settings()
    {
        var candleMs = _span.Value.Ms == 0 ? _given.CandleMs : _span.Value.Ms;
        return _scaled.CandleMs == candleMs ? _scaled : _scaled = _given.For(candleMs);
    }

    private void OnCandle(in MarketKline candle, in Input input, Outbox outbox)
    {
        var name = candle.Symbol.Name;
        if (_span.Value.IsOther(in candle))
        {
            outbox.Count("regime", "other_interval", name);
            return;
        }

        if (_span.Value.Ms == 0) _span.Touch().Ms = candle.CloseTimeMs - candle.OpenTimeMs;

        if (_symbols.Find(name) is { Closes.Count: > 0 } known && candle.OpenTimeMs <= known.OpenTimeMs)
        {
            outbox.Count("regime", "not_newer", name);
            return;
        }

        var symbol = _symbols.Touch(name);
        // Returns across a hole are no returns of one candle: the window starts anew.
        if (symbol.Closes.Count > 0
            && (candle.GapBefore || candle.OpenTimeMs - symbol.OpenTimeMs != Settings().CandleMs))
        {
            outbox.Count("regime", "gap", name);
            symbol.Closes.Clear();
        }

        symbol.Closes.Add((double)candle.Close);
        if (symbol.Closes.Count > Settings().WindowCandles) symbol.Closes.RemoveAt(0);
        (symbol.OpenTimeMs, symbol.CloseTimeMs) = (candle.OpenTimeMs, candle.CloseTimeMs);
        Tell(candle.Symbol, symbol, ReadingOf(symbol), input.AtMs, outbox);
    }

    private void OnClockStrike(in Input input, Outbox outbox)
    {
        var nowMs = input.AtMs;
        foreach (var (name, symbol) in _symbols.All)
        {
            var isStale = nowMs - symbol.CloseTimeMs > Settings().StaleAfterMs && symbol.Closes.Count > 0;
            if (isStale)
            {
                _symbols.Touch(name).Closes.Clear();
                Tell(Symbol.Parse(name), symbol, ReadingOf(symbol), nowMs, outbox);
            }
            else if (IsDue(symbol.Told, nowMs))
            {
                _symbols.Touch(name);
                var samples = symbol.Closes.Count;
                Publish(Symbol.Parse(name), symbol.Told, symbol.Volatility, symbol.Trend, samples, nowMs, outbox);
            }
        }

        if (_symbols.Count > 0 && nowMs - _market.Value.VotedAtMs >= Settings().CandleMs) Vote(nowMs, outbox);
    }

    private RegimeReading ReadingOf(SymbolRegime symbol) =>
        RegimeWindow.Read(CollectionsMarshal.AsSpan(symbol.Closes), Settings());

    private void Vote(long nowMs, Outbox outbox)
    {
        _voters.Clear();
        var voters = _voters;
        foreach (var (_, symbol) in _symbols.All)
            if (symbol.Told.Regime != Regime.Unknown && nowMs - symbol.CloseTimeMs <= Settings().StaleAfterMs)
                voters.Add(symbol);
        var reading = MarketVote.Count(voters, Settings());
        var market = _market.Touch();
        market.VotedAtMs = nowMs;
        (market.Volatility, market.Trend) = (reading.Volatility, reading.Trend);
        market.Samples = MarketVote.LeastSamples(voters);
        if (market.Told.Take(in reading, nowMs, Settings()) || IsDue(market.Told, nowMs))
            Publish(null, market.Told, market.Volatility, market.Trend, market.Samples, nowMs, outbox);
    }

    private void Tell(Symbol name, SymbolRegime symbol, RegimeReading reading, long atMs, Outbox outbox)
    {
        (symbol.Volatility, symbol.Trend) = (reading.Volatility, reading.Trend);
        if (symbol.Told.Take(in reading, atMs, Settings()) || IsDue(symbol.Told, atMs))
            Publish(name, symbol.Told, symbol.Volatility, symbol.Trend, symbol.Closes.Count, atMs, outbox);
    }

    private bool IsDue(ToldRegime told, long nowMs) =>
        told.PublishedAtMs is not { } publishedAtMs || nowMs - publishedAtMs >= Settings().HeartbeatMs;

    private static void Publish(
        Symbol? symbol, ToldRegime told, double? volatility, double? trend, int samples, long atMs, Outbox outbox)
    {
        told.PublishedAtMs = atMs;
        outbox.Publish(StreamCatalog.MetaRegime, new MetaRegime
        {
            Symbol = symbol,
            Regime = told.Regime,
            Confidence = told.Confidence,
            Volatility = volatility,
            Trend = trend,
            Samples = samples,
            PreviousRegime = told.Previous,
        });
    }
}
