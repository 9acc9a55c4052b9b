using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Roles.Venue.State;

namespace Quantum.Roles.Venue;

/// <summary>
/// A futures venue with one cross-margin account as a pure role: for paper trading, backtests and simulations. It
/// fills on prices that come after the order and its latency, never on the one the decision was made on, and on a path
/// that the feed assumes inside a candle at the price of that very moment (<see cref="PriceLeg"/>).
/// </summary>
public sealed class SimVenueRole : Role
{
    private readonly VenueSettings _settings;
    private readonly VenueBooks _books;
    private readonly Intake _intake;
    private readonly Matching _match;
    private readonly Funding _funding;
    private readonly Liquidations _liquidation;

    public SimVenueRole(VenueSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Checked();
        _settings = settings;
        _books = new VenueBooks(State, settings);
        var margin = new Margin(settings, _books);
        var updates = new Updates(_books, margin);
        _intake = new Intake(settings, _books, margin, updates);
        _match = new Matching(settings, _books, _intake, updates);
        _funding = new Funding(settings, _books, updates);
        _liquidation = new Liquidations(settings, _books, margin, _match, _intake, updates);
        On(StreamCatalog.MarketTick, OnTick);
        On(StreamCatalog.MarketData, OnMarketData);
        On(StreamCatalog.OrderCommand, OnCommand);
        OnClock(OnClockStrike);
    }

    public override string Name => RoleNames.SimVenue;

    private void OnTick(in MarketTick tick, in Input input, Outbox outbox)
    {
        if (_settings.Symbols.Find(tick.Symbol) is null) return;
        _funding.OnTime(input.AtMs, outbox);
        var market = _books.Markets.Touch(tick.Symbol.Name);
        var leg = PriceLeg.Of(market, in tick, input.AtMs);
        (market.LastPrice, market.LastTickMs, market.IsAtPathPoint) = (tick.Price, input.AtMs, tick.IsPathPoint());
        market.Volume.Add(input.AtMs, tick.Quantity);
        _match.OnTick(in tick, in leg, outbox);
        _liquidation.Check(tick.Symbol, outbox);
    }

    private void OnMarketData(in MarketData market, in Input input, Outbox outbox)
    {
        if (_settings.Symbols.Find(market.Symbol) is null) return;
        _funding.OnTime(input.AtMs, outbox);
        var known = _books.Markets.Touch(market.Symbol.Name);
        known.MarkPrice = market.MarkPrice;
        _funding.Told(in market, input.AtMs);
        if (known.LastPrice == 0) known.LastPrice = market.LastPrice;
        _liquidation.Check(market.Symbol, outbox);
    }

    private void OnCommand(in OrderCommand command, in Input input, Outbox outbox)
    {
        if (input.Mode is TradingMode.Sim or TradingMode.Paper)
        {
            _intake.Take(in command, input.AtMs, outbox);
            return;
        }

        Updates.TellRefused(
            outbox, in command, OrderStatus.Rejected, "mode_mismatch",
            $"a simulated venue takes no order of mode {input.Mode}");
    }

    private void OnClockStrike(in Input input, Outbox outbox) => _funding.OnTime(input.AtMs, outbox);
}
