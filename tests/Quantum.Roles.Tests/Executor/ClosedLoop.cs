using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Executor;
using Quantum.Roles.Venue;

namespace Quantum.Roles.Tests.Executor;

/// <summary>
/// Executor and simulated venue together behind an unreliable gateway: answers are lost, come twice or late (in order
/// per symbol), orders are lost, and either side is restarted; all from one seed.
/// </summary>
internal sealed class ClosedLoop
{
    private static readonly Symbol[] s_traded = [Symbol.Parse("NEARUSDT"), Symbol.Parse("SOLUSDT")];

    private readonly Random _random;
    private readonly RoleBench _executor;
    private readonly RoleBench _venue;
    private readonly SortedDictionary<string, Queue<OrderUpdate>> _late = new(StringComparer.Ordinal);
    private readonly List<OrderUpdate> _told = [];
    private readonly SortedDictionary<string, decimal> _prices = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, OrderStatus?> _status = new(StringComparer.Ordinal);
    private long _nowMs = ExecutorBench.T0;
    private int _intents;

    public ClosedLoop(int seed, bool isTape)
    {
        _random = new Random(seed);
        IsTape = isTape;
        var settings = ExecutorBench.SettingsFor(TradingMode.Sim, isTape, TestBook.All);
        _executor = new RoleBench(() => new ExecutorRole(settings));
        _venue = new RoleBench(() => new SimVenueRole(VenueSettings));
        foreach (var symbol in s_traded)
        {
            _late[symbol.Name] = new Queue<OrderUpdate>();
            _prices[symbol.Name] = symbol == s_traded[0] ? 2m : 100m;
        }
    }

    public static VenueSettings VenueSettings { get; } = new() { Symbols = TestBook.All, MaxVolumeShare = 0.3m };

    public bool IsTape { get; }
    public bool Chaos { get; set; } = true;
    public double LossRate { get; init; } = 0.1;

    public SortedDictionary<string, TradeIntent> Intents { get; } = new(StringComparer.Ordinal);
    public SortedSet<string> Expired { get; } = new(StringComparer.Ordinal);
    public List<ExecutionResult> Results { get; } = [];
    public List<OrderCommand> Commands { get; } = [];
    public List<OrderUpdate> VenueFills { get; } = [];
    public int LargestPolicyLeverage => 5;

    /// <summary>What the venue holds.</summary>
    public decimal HeldAtVenue(Symbol symbol) =>
        VenueFills.Where(f => f.Symbol == symbol).Sum(f => f.Side!.Value.Sign() * f.LastFillQuantity);

    public static IReadOnlyList<Symbol> Symbols => s_traded;

    /// <summary>Stops that the venue has and that can still fire.</summary>
    public IReadOnlyList<OrderCommand> RestingStops(Symbol symbol) =>
    [
        .. Commands.Where(c => c.Symbol == symbol && c is { Action: OrderAction.Place, Purpose: OrderPurpose.Stop })
            .DistinctBy(c => c.ClientOrderId)
            .Where(c => (_status.TryGetValue(c.ClientOrderId, out var status) ? status
                : null) is OrderStatus.Accepted or OrderStatus.PartiallyFilled),
    ];

    public void Run(int steps)
    {
        Send(StreamCatalog.PolicyUpdated, ExecutorBench.Policy());
        for (var i = 0; i < steps; i++) Step();
    }

    /// <summary>Lets everything come to rest: no more chaos, no more intents.</summary>
    public void Drain()
    {
        Chaos = false;
        for (var i = 0; i < 160; i++) Beat(5_000, moves: i < 40);
    }

    private void Step()
    {
        Beat(_random.Next(200, 4_000), moves: true);
        if (_random.NextDouble() < 0.5) SendIntent();
        if (_random.NextDouble() < 0.03) _executor.Restart();
        if (_random.NextDouble() < 0.03) _venue.Restart();
        if (_random.NextDouble() < 0.03)
            Send(StreamCatalog.PolicyUpdated, ExecutorBench.Policy(_nowMs) with { KillSwitch = _random.Next(3) == 0 });
    }

    private void Beat(long ms, bool moves)
    {
        _nowMs += ms;
        foreach (var symbol in s_traded)
        {
            if (moves) _prices[symbol.Name] =
                Math.Round(_prices[symbol.Name] * (1 + (decimal)(_random.NextDouble() - 0.5) * 0.01m), 3);
            var tick = new MarketTick { Symbol = symbol, Price = _prices[symbol.Name], Quantity = Chaos
                ? _random.Next(0, 60) : 10_000 };
            FromVenue(_venue.Send(StreamCatalog.MarketTick, tick, _nowMs));
            Send(StreamCatalog.MarketTick, tick);
        }

        FromVenue(_venue.Clock(_nowMs));
        Deliver();
        Send(StreamCatalog.PortfolioExposure, ExecutorBench.Exposure());
        FromExecutor(_executor.Clock(_nowMs));
        Deliver();
    }

    private void SendIntent()
    {
        var symbol = s_traded[_random.Next(s_traded.Length)];
        var id = string.Create(CultureInfo.InvariantCulture, $"i{++_intents}");
        var ageMs = _random.Next(6) == 0 ? 60_000 : _random.Next(0, 2_000);
        var atMs = _nowMs - ageMs;
        var intent = NewIntent(symbol) with { Symbol = symbol, DeadlineMs = atMs + 30_000 };
        Intents[id] = intent;
        if (ageMs > 30_000) Expired.Add(id);
        for (var times = _random.Next(8) == 0 ? 2 : 1; times > 0; times--) Send(StreamCatalog.TradeIntent, intent,
            atMs, id);
    }

    private TradeIntent NewIntent(Symbol symbol)
    {
        var side = _random.Next(2) == 0 ? Side.Buy : Side.Sell;
        var price = _prices[symbol.Name];
        var exit = new TradeIntent { Symbol = symbol, Side = side, Confidence = 1, ReduceOnly = true, Reason =
            "signal", Ilf = IlfContext.Unknown };
        return _random.Next(5) switch
        {
            0 => exit,
            1 => exit with { Quantity = _random.Next(1, 60) },
            2 => exit with
            {
                Reason = TradeIntent.MoveStopReason, StopLoss =
                    Math.Round(price * (1 - side.Opposite().Sign() * 0.004m), 3),
            },
            _ => new TradeIntent
            {
                Symbol = symbol,
                Side = side,
                Confidence = 0.5 + _random.NextDouble() / 2,
                PositionSizeUsd = _random.Next(3, 900),
                Leverage = _random.Next(1, 12),
                Ilf = IlfContext.Unknown with
                {
                    VolatilityFactor = _random.NextDouble() * 4, ExchangeDivergence = 0.001, FundingRate = 0.0001,
                },
            },
        };
    }

    private void Send<TEvent>(EventStream<TEvent> stream, TEvent payload, long? atMs = null, string? id =
        null) where TEvent : struct =>
        FromExecutor(_executor.Send(stream, payload, atMs ?? _nowMs, id));

    private void FromExecutor(RecordingOutbox outbox)
    {
        Results.AddRange(outbox.Of(StreamCatalog.ExecutionResult));
        foreach (var command in outbox.Of(StreamCatalog.OrderCommand))
        {
            Commands.Add(command);
            var fate = Chaos ? _random.NextDouble() : 1;
            var isLost = fate < LossRate;
            if (!isLost) FromVenue(_venue.Send(StreamCatalog.OrderCommand, command, _nowMs));
            // The gateway got no clear answer: the order may or may not be there.
            if (fate < 2 * LossRate && command.Action == OrderAction.Place) Ambiguous(command);
        }
    }

    private void Ambiguous(OrderCommand command) => _late[command.Symbol.Name].Enqueue(new OrderUpdate
    {
        Kind = UpdateKind.Order,
        Symbol = command.Symbol,
        ClientOrderId = command.ClientOrderId,
        Status = OrderStatus.Unknown,
        LastFillQuantity = 0,
        CumulativeQuantity = 0,
        FeeUsd = 0,
    });

    private void FromVenue(RecordingOutbox outbox)
    {
        foreach (var update in outbox.Of(StreamCatalog.OrderUpdate))
        {
            if (update.Kind is UpdateKind.Fill or UpdateKind.Liquidation) VenueFills.Add(update);
            if (update is { ClientOrderId: { } id, Status: not OrderStatus.NotFound }) _status[id] = update.Status;
            _late[update.Symbol.Name].Enqueue(update);
        }
    }

    private void Deliver()
    {
        foreach (var queue in _late.Values)
        {
            while (queue.Count > 0 && (!Chaos || _random.NextDouble() < 0.7))
            {
                var update = queue.Dequeue();
                _told.Add(update);
                Send(StreamCatalog.OrderUpdate, update);
                if (Chaos && _random.NextDouble() < 0.1) Send(StreamCatalog.OrderUpdate,
                    _told[_random.Next(Math.Max(0, _told.Count - 40), _told.Count)]);
            }
        }
    }
}
