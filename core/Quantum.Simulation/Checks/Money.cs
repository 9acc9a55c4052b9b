using Quantum.Roles.Venue;

namespace Quantum.Simulation.Checks;

/// <summary>
/// Start + what the fills realised - fees + funding is the venue's cash, and the portfolio's, to 1e-8 USD.
/// </summary>
internal sealed class Money(SimulatedWorld world) : Checker(world, "money")
{
    private const decimal ExactUsd = 0.00000001m;
    private const long BoundMs = 120_000;

    private const string Fills = "start and fills make";
    private const string Portfolio = "the portfolio has";

    private readonly Dictionary<Symbol, (decimal Quantity, decimal CostUsd)> _held = [];
    private decimal _cashUsd = world.System.SimVenue.StartBalanceUsd;
    private decimal? _portfolioUsd;
    private bool _isAdjusted;

    public override void OnResult(in ExecutionResult result, in SeenEntry entry)
    {
        // What was adopted without a fill has a price that nobody paid: from then on only the portfolio is held to it.
        _isAdjusted |= result.Kind == ResultKind.Adjustment && result.FilledQuantity == 0;
        _cashUsd -= result.FeeUsd;
        if (result.Kind == ResultKind.Funding) _cashUsd += result.FundingUsd ?? 0;
        if (result.FilledQuantity > 0)
            Fill(result.Symbol, result.Side!.Value.Sign() * result.FilledQuantity, result.AveragePrice!.Value);
    }

    public override void OnSnapshot(in PortfolioSnapshot snapshot, in SeenEntry entry) =>
        _portfolioUsd = snapshot.CashBalanceUsd;

    public override void OnStep(SimVenueView venue)
    {
        if (venue.IsFilling())
        {
            Excuse(Fills);
            Excuse(Portfolio);
        }

        if (!_isAdjusted) Compare(Fills, _cashUsd, venue.WalletUsd);
        if (_portfolioUsd is { } cash) Compare(Portfolio, cash, venue.WalletUsd);
    }

    private void Fill(Symbol symbol, decimal quantity, decimal price)
    {
        var (held, cost) = _held.GetValueOrDefault(symbol);
        var closes = held != 0 && Math.Sign(held) != Math.Sign(quantity)
            ? Math.Min(Math.Abs(held), Math.Abs(quantity)) : 0m;
        if (closes > 0)
        {
            var share = cost * closes / Math.Abs(held);
            _cashUsd += Math.Sign(held) * (closes * price) - share * Math.Sign(held);
            cost -= share;
            held += Math.Sign(quantity) * closes;
            quantity -= Math.Sign(quantity) * closes;
        }

        _held[symbol] = (held + quantity, held + quantity == 0 ? 0 : cost + Math.Abs(quantity) * price);
    }

    private void Compare(string whose, decimal theirs, decimal walletUsd)
    {
        if (WrongFor(whose, Math.Abs(theirs - walletUsd) > ExactUsd, BoundMs) is { } ms)
            Fail($"{whose} {theirs} USD, the venue has {walletUsd} USD, for {ms} ms");
    }
}
