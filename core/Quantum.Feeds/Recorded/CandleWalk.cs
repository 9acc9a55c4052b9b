namespace Quantum.Feeds.Recorded;

/// <summary>
/// The ticks of one candle time. <b>Jumped</b>, where nothing is at stake: the four corners of the path in two steps.
/// <b>Walked</b>, where a symbol is watched: the open stands for a moment, so that what was decided at the last close
/// is filled at the open and guarded before the market moves; then its legs are walked in small steps, each a step of
/// the tape, so that stops, targets and trailing see the way and not only its ends. The points between the corners have
/// quantity 0 (<see cref="MarketTick.IsPathPoint"/>). Which extreme comes first is chosen once the open has been told:
/// the worse for the side that is then held.
/// </summary>
/// <param name="told">Told every step behind the time that each candle is begun with.</param>
/// <param name="players">The symbols that have the candle.</param>
/// <param name="intervalMs">The candles' length, ms.</param>
internal sealed class CandleWalk(IMarketSink told, List<CandlePlayer> players, long intervalMs)
{
    /// <summary>How long the open stands, ms; of candles below 12 s a twelfth of them.</summary>
    private const long MostStandMs = 1_000;

    /// <summary>Longest part of a walk, ms: the tape's clock goes on, so that promises do not pass unseen.</summary>
    private const long MostPartMs = 60_000;

    /// <summary>A point lies between prices that were traded, so it has more decimals than they may have.</summary>
    private const int Decimals = 8;

    private readonly List<CandlePlayer> _moved = [];
    private long _openMs;
    private long _afterMs;

    /// <summary>Goes to a candle time.</summary>
    /// <param name="openMs">The candles' open, UTC epoch ms.</param>
    /// <param name="afterMs">Behind when steps are told, UTC epoch ms.</param>
    public void Begin(long openMs, long afterMs) => (_openMs, _afterMs) = (openMs, afterMs);

    /// <summary>The corners alone, in two steps.</summary>
    public void Jump(CancellationToken cancel)
    {
        for (var last = 1; last < CandlePath.Points && !cancel.IsCancellationRequested; last += 2)
        {
            var sink = SinkAt(AtMs(last));
            foreach (var player in players) Corner(sink, player, last - 1);
            foreach (var player in players) Corner(sink, player, last);
            _moved.AddRange(players);
            Tell(sink, AtMs(last), last, 1);
        }
    }

    /// <summary>The whole way.</summary>
    /// <param name="stepFraction">Longest part of the way of a watched symbol, fraction of its price, above 0.</param>
    /// <param name="cancel">Ends it between two steps.</param>
    public void Walk(decimal stepFraction, CancellationToken cancel)
    {
        Open();
        if (cancel.IsCancellationRequested) return;
        if (_openMs + intervalMs > _afterMs)
            foreach (var player in players)
                if (player.IsWatched)
                    player.IsLowFirst = CandlePath.IsLowFirst(
                        in player.Candle, told.HeldSide(player.Candle.Symbol, _openMs));
        for (var corner = 1; corner < CandlePath.Points && !cancel.IsCancellationRequested; corner++)
            Leg(corner, stepFraction, cancel);
    }

    private long StandMs => Math.Min(MostStandMs, intervalMs / 12);

    private void Open()
    {
        var atMs = _openMs + StandMs;
        var sink = SinkAt(atMs);
        foreach (var player in players) Corner(sink, player, 0);
        foreach (var player in players)
            if (player.IsWatched) Point(sink, player, atMs, player.Candle.Open);
        _moved.AddRange(players);
        Tell(sink, atMs, 0, 1);
    }

    private void Leg(int corner, decimal stepFraction, CancellationToken cancel)
    {
        var fromMs = corner == 1 ? _openMs + StandMs : AtMs(corner - 1);
        var lastMs = AtMs(corner);
        var most = 1L;
        foreach (var player in players)
            most = Math.Max(most, player.Parts = PartsOf(player, corner, fromMs, stepFraction));
        var beforeMs = fromMs;
        for (var part = 1; part <= most && !cancel.IsCancellationRequested; part++)
        {
            var atMs = fromMs + (lastMs - fromMs) * part / most;
            var sink = SinkAt(atMs);
            if (part == most && corner > 1)
                foreach (var player in players)
                    // Between two corners at least one point says that the price was walked; it is no step of its own.
                    if (player is { Parts: 1, IsWatched: true })
                        Point(sink, player, beforeMs + (atMs - beforeMs) / 2,
                            PriceAt(player, corner, (part - 0.5m) / most));
            beforeMs = atMs;
            foreach (var player in players)
            {
                if (part * player.Parts / most == (part - 1) * player.Parts / most) continue;
                if (part == most) Corner(sink, player, corner);
                else Point(sink, player, atMs, PriceAt(player, corner, (decimal)part / most));
                _moved.Add(player);
            }

            Tell(sink, atMs, corner, (decimal)part / most);
        }
    }

    // A step of the price or of time, whichever asks for more; never finer than time is counted.
    private long PartsOf(CandlePlayer player, int corner, long fromMs, decimal stepFraction)
    {
        if (!player.IsWatched) return 1;
        var (from, to) = (CornerOf(player, corner - 1), CornerOf(player, corner));
        var legMs = AtMs(corner) - fromMs;
        var way = Math.Abs(to - from);
        var byPrice = (long)Math.Min(Math.Ceiling(way / (stepFraction * Math.Min(from, to))), legMs);
        var parts = Math.Max(byPrice, (legMs + MostPartMs - 1) / MostPartMs);
        return Math.Clamp(parts, 1, legMs);
    }

    private static decimal PriceAt(CandlePlayer player, int corner, decimal share)
    {
        var (from, to) = (CornerOf(player, corner - 1), CornerOf(player, corner));
        return Math.Round(from + (to - from) * share, Math.Max(Decimals, Math.Max((int)from.Scale, to.Scale)));
    }

    private static decimal CornerOf(CandlePlayer player, int corner) =>
        CandlePath.PriceAt(in player.Candle, corner, player.IsLowFirst);

    private void Corner(IMarketSink sink, CandlePlayer player, int corner)
    {
        var tick = new MarketTick
        {
            Symbol = player.Candle.Symbol, Price = CornerOf(player, corner), Quantity = player.CornerQuantity,
        };
        var valueUsd = player.CornerValueUsd ?? (double)(tick.Price * tick.Quantity);
        player.Market.Traded(AtMs(corner), tick.Price, valueUsd);
        sink.Tick(AtMs(corner), in tick);
    }

    private static void Point(IMarketSink sink, CandlePlayer player, long atMs, decimal price)
    {
        player.Market.Traded(atMs, price, 0);
        sink.Tick(atMs, new MarketTick { Symbol = player.Candle.Symbol, Price = price, Quantity = 0 });
    }

    /// <summary>The state of each market that moved, and the end of the step.</summary>
    private void Tell(IMarketSink sink, long stepMs, int corner, decimal share)
    {
        foreach (var player in _moved)
            player.Side.Tell(player.Market, stepMs, new PathPlace(corner, share, player.IsLowFirst));
        if (sink != SilentSink.Instance)
        {
            foreach (var player in _moved)
            {
                sink.Data(stepMs, player.Market.Snapshot());
                sink.Quote(stepMs, player.Market.Quote(CandleFeed.Venue));
            }

            sink.Step(stepMs);
        }

        _moved.Clear();
    }

    private long AtMs(int corner) => CandlePath.AtMs(_openMs, intervalMs, corner);

    private IMarketSink SinkAt(long stepMs) => stepMs > _afterMs ? told : SilentSink.Instance;
}
