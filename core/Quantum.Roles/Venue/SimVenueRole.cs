using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Roles.Venue.State;

namespace Quantum.Roles.Venue;

/// <summary>
/// A futures venue with one account as a pure role: for paper trading, backtests and simulations. It fills on prices
/// that come after the order and its latency, never on the one the decision was made on, and on a path that the feed
/// assumes inside a candle at the price of that very moment (<see cref="PriceLeg"/>). Its rules are those of Binance
/// USD-M in one-way mode:
/// <list type="table">
/// <item><term>a command</term><description>the same client id again: the order it made. Filters, limits of live
/// orders, size by bracket, margin mode, reduce-only, trigger, margin, in this order
/// (<see cref="IntakeChecks"/>)</description></item>
/// <item><term>a limit order</term><description>takes at the touch or rests; GTX is refused where it would take, IOC
/// lets its rest expire, FOK takes all or nothing</description></item>
/// <item><term>a conditional order</term><description>waits for the last price or the mark, binds no margin, and is
/// judged anew when it triggers: then a market or a limit order (<see cref="Encounter"/>)</description></item>
/// <item><term>reduce-only</term><description>never fills more than is held. What becomes of it when the position is
/// gone: <see cref="Endings"/></description></item>
/// <item><term>close-position</term><description>closes all that is held when it triggers; is cancelled with the
/// position</description></item>
/// <item><term>margin</term><description>cross, or isolated by symbol (<see cref="Margin"/>); mode and leverage are set
/// by an order or without one (<see cref="Configuring"/>)</description></item>
/// <item><term>liquidation</term><description>at mark, with the symbol's fee; an isolated position alone, and never for
/// more than its margin (<see cref="Liquidations"/>)</description></item>
/// <item><term>funding</term><description>rate times notional at mark, at the symbol's own times
/// (<see cref="Funding"/>)</description></item>
/// </list>
/// </summary>
public sealed class SimVenueRole : Role
{
    private readonly VenueSettings _settings;
    private readonly VenueBooks _books;
    private readonly Margin _margin;
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
        _margin = new Margin(settings, _books);
        var updates = new Updates(_books, _margin);
        var checks = new IntakeChecks(settings, _books, _margin);
        var positions = new Positions(_books);
        var endings = new Endings(_books, updates);
        var configuring = new Configuring(settings, _books, _margin, updates);
        _intake = new Intake(settings, _books, checks, configuring, endings, updates);
        _match = new Matching(settings, _books, checks, positions, endings, updates);
        _funding = new Funding(settings, _books, updates);
        _liquidation = new Liquidations(settings, _books, _margin, positions, endings, updates);
        On(StreamCatalog.MarketTick, OnTick);
        On(StreamCatalog.MarketData, OnMarketData);
        On(StreamCatalog.OrderCommand, OnCommand);
        OnClock(OnClockStrike);
    }

    public override string Name => RoleNames.SimVenue;

    /// <summary>
    /// The account as it is now; changes nothing. To be called between two inputs, by whoever hands them to the role.
    /// </summary>
    public SimVenueView View() => Viewing.Of(_books, _margin);

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
        _match.OnMark(market.Symbol, input.AtMs, outbox);
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
