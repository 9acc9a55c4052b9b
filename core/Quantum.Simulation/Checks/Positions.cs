using Quantum.Roles.Venue;

namespace Quantum.Simulation.Checks;

/// <summary>What the fills that were told add up to is what the venue holds, and what the portfolio tells.</summary>
internal sealed class Positions(SimulatedWorld world) : Checker(world, "position")
{
    /// <summary>For so long books may be behind, ms, while nothing fills in parts.</summary>
    private const long BoundMs = 120_000;

    private const string Fills = "the fills make";
    private const string Portfolio = "the portfolio has";

    private readonly SortedDictionary<string, decimal> _told = new(StringComparer.Ordinal);
    private readonly Dictionary<string, decimal> _portfolio = new(StringComparer.Ordinal);

    public override void OnResult(in ExecutionResult result, in SeenEntry entry)
    {
        var name = result.Symbol.Name;
        if (result.FilledQuantity > 0)
            _told[name] = _told.GetValueOrDefault(name) + result.Side!.Value.Sign() * result.FilledQuantity;
        else if (result.Kind == ResultKind.Adjustment) _told[name] = result.PositionQuantity ?? 0;
        if (result.PositionQuantity is { } said && said != _told.GetValueOrDefault(name))
            Fail($"{name}: {entry.EventId} says {said} is held, the fills so far make {_told.GetValueOrDefault(name)}");
    }

    public override void OnExposure(in PortfolioExposure exposure, in SeenEntry entry)
    {
        _portfolio.Clear();
        foreach (var row in exposure.ExposureBySymbol) _portfolio[row.Symbol.Name] = row.Quantity;
    }

    public override void OnStep(SimVenueView venue)
    {
        foreach (var position in venue.Positions)
        {
            var name = position.Symbol.Name;
            if (venue.IsFilling(position.Symbol))
            {
                Excuse(name + Fills);
                Excuse(name + Portfolio);
                continue;
            }

            Compare(name, Fills, _told.GetValueOrDefault(name), position.Quantity);
            Compare(name, Portfolio, _portfolio.GetValueOrDefault(name), position.Quantity);
        }
    }

    private void Compare(string symbol, string whose, decimal theirs, decimal held)
    {
        if (WrongFor(symbol + whose, theirs != held, BoundMs) is { } ms)
            Fail($"{symbol}: {whose} {theirs}, the venue holds {held}, for {ms} ms");
    }
}
