namespace Quantum.Simulation.Checks;

/// <summary>A size is asked for on an equity that the portfolio told a short while ago.</summary>
internal sealed class FreshEquity(SimulatedWorld world) : Checker(world, "stale_equity")
{
    /// <summary>A clock may be wrong by some seconds, ms.</summary>
    private const long SkewMs = 5_000;

    private readonly Queue<(long AtMs, decimal EquityUsd)> _told = new();

    public override void OnSnapshot(in PortfolioSnapshot snapshot, in SeenEntry entry)
    {
        _told.Enqueue((entry.AtMs, snapshot.TotalEquityUsd));
        var limitMs = World.System.TradingBot.PortfolioFreshnessMs + SkewMs;
        while (_told.Peek().AtMs < World.NowMs - limitMs && _told.Count > 1) _told.Dequeue();
    }

    public override void OnSizing(in SizingRequested request, in SeenEntry entry)
    {
        var usd = request.EquityUsd;
        if (_told.Count == 0 || _told.Any(known => known.EquityUsd == usd)) return;
        Fail($"{request.Symbol}: a size is asked for on an equity of {usd} USD, which the portfolio did not tell "
            + $"lately: now {_told.Last().EquityUsd} USD");
    }
}
