using Quantum.Roles.Venue;

namespace Quantum.Venue.Accounts;

/// <summary>
/// The seam to the simulated venue: one role an account, fed one input at a time. What it says is kept until it is
/// taken.
/// </summary>
internal sealed class AccountRole
{
    /// <summary>Inputs after which the role's marks of what to save are dropped: nothing of it is ever saved.</summary>
    private const int ForgetEvery = 8_192;

    private readonly SimVenueRole _role;
    private readonly Collected _said = new();
    private readonly Subscription<MarketTick> _ticks;
    private readonly Subscription<MarketData> _data;
    private readonly Subscription<OrderCommand> _commands;
    private long _atMs;
    private int _inputs;

    public AccountRole(VenueSettings settings)
    {
        _role = new SimVenueRole(settings);
        _ticks = Of<MarketTick>(StreamCatalog.MarketTick);
        _data = Of<MarketData>(StreamCatalog.MarketData);
        _commands = Of<OrderCommand>(StreamCatalog.OrderCommand);
    }

    /// <summary>What the role said since it was last cleared, in order.</summary>
    public List<OrderUpdate> Said => _said.Updates;

    public void Tick(long atMs, in MarketTick tick) => _ticks.Handle(in tick, InputAt(atMs), _said);

    public void Data(long atMs, in MarketData state) => _data.Handle(in state, InputAt(atMs), _said);

    public void Command(long atMs, in OrderCommand command) => _commands.Handle(in command, InputAt(atMs), _said);

    /// <summary>
    /// Sets leverage, margin mode or the own margin of a symbol; what the role answers, which is not kept.
    /// </summary>
    public OrderUpdate Configure(
        long atMs, Symbol symbol, int? leverage = null, bool? isIsolated = null, decimal? isolatedMarginUsd = null)
    {
        var before = Said.Count;
        Command(atMs, new OrderCommand
        {
            Action = OrderAction.Configure, ClientOrderId = "configure", IntentId = "configure", Symbol = symbol,
            Side = Side.Buy, Type = OrderType.Market, Purpose = OrderPurpose.Entry, Quantity = 0, ReduceOnly = false,
            Leverage = leverage, IsIsolated = isIsolated, IsolatedMarginUsd = isolatedMarginUsd,
        });
        var answer = Said[before];
        Said.RemoveAt(before);
        return answer;
    }

    /// <summary>The account as it is now.</summary>
    public SimVenueView View() => _role.View();

    /// <summary>Lets the role's clock strike.</summary>
    public void Strike(long atMs) => _role.ClockHandler?.Invoke(InputAt(atMs), _said);

    private Subscription<TEvent> Of<TEvent>(EventStream<TEvent> stream) where TEvent : struct =>
        (Subscription<TEvent>)_role.Subscriptions.Single(known => known.Stream == stream);

    // A role's time never runs backwards, a clock that is set may.
    private Input InputAt(long atMs)
    {
        if (++_inputs % ForgetEvery == 0) _role.State.SaveTouched(static (_, _) => { });
        _atMs = Math.Max(_atMs, atMs);
        return new Input(new Envelope { AtMs = _atMs, Mode = TradingMode.Sim, Version = 1 }, new EntryId(_atMs, 0));
    }

    private sealed class Collected : Outbox
    {
        public List<OrderUpdate> Updates { get; } = [];

        public override PublishedEvent Publish<TEvent>(
            EventStream<TEvent> stream, in TEvent payload, string? correlationId = null)
        {
            if (payload is OrderUpdate update) Updates.Add(update);
            return new PublishedEvent(this, Updates.Count);
        }

        public override void Count(string counter, string reason, string? subject = null, string? figures = null)
        {
            // The role's own counters are shown by the services that run it.
        }

        protected override string IdOf(int number) => $"venue.{number}";
    }
}
