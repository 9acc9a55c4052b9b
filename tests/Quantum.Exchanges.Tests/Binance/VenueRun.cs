using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Quantum.Binance;
using Quantum.Binance.Orders;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Exchanges.Budget;
using Quantum.Testing;

namespace Quantum.Exchanges.Tests.Binance;

/// <summary>The adapter and the venue of the test that it talks to.</summary>
internal sealed class VenueRun : IAsyncDisposable
{
    public static readonly Symbol Btc = Symbol.Parse("BTCUSDT");

    private readonly CancellationTokenSource _end = new();
    private Task? _listening;

    private VenueRun(BinanceStub stub, BinanceOrderVenue venue, OpenBudget budget, LogLines log) =>
        (Stub, Venue, Budget, Log) = (stub, venue, budget, log);

    public BinanceStub Stub { get; }

    public BinanceOrderVenue Venue { get; }

    public OpenBudget Budget { get; }

    public LogLines Log { get; }

    public HeardEvents Heard { get; } = new();

    public static BinanceSettings SettingsOf(BinanceStub stub) => new()
    {
        Environment = BinancePlace.Custom, RestUrl = stub.RestUrl, StreamUrl = stub.StreamUrl, ApiKey = "test-key",
        ApiSecret = "test-secret", RequestTimeoutMs = 2_000, ReadWithinMs = 500, ReconnectMs = 20,
        ReceiveWindowMs = 100,
    };

    public static async Task<VenueRun> StartAsync(
        Func<BinanceSettings, BinanceSettings>? change = null, IRateBudget? budget = null, TimeProvider? time = null)
    {
        var stub = await BinanceStub.StartAsync();
        var (open, log) = (new OpenBudget(), new LogLines());
        var settings = change?.Invoke(SettingsOf(stub)) ?? SettingsOf(stub);
        var venue = new BinanceOrderVenue(
            settings, TradingMode.Sim, budget ?? open, time ?? TimeProvider.System, log)
        {
            KeepAliveEvery = TimeSpan.FromMinutes(30),
        };
        return new VenueRun(stub, venue, open, log);
    }

    /// <summary>Listens until the stream is up.</summary>
    public void Listen()
    {
        _listening = Venue.ListenAsync(Heard, _end.Token);
        Eventually.True(() => Heard.Connected.Contains("start"));
    }

    public static OrderCommand Command(
        OrderType type = OrderType.Market, OrderAction action = OrderAction.Place, string id = "q1abc") => new()
    {
        Action = action, ClientOrderId = id, IntentId = "intent", Symbol = Btc,
        Side = type == OrderType.Market ? Side.Buy : Side.Sell, Type = type,
        Purpose = type.IsConditional() ? OrderPurpose.Stop : OrderPurpose.Entry, Quantity = 0.002m,
        Price = type is OrderType.Limit or OrderType.StopLimit ? 61_000m : null,
        TriggerPrice = type.IsConditional() ? 59_000m : null, ReduceOnly = type.IsConditional(),
    };

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (_listening is not null) await _listening;
        await Venue.DisposeAsync();
        await Stub.DisposeAsync();
        _end.Dispose();
    }
}

/// <summary>This machine's time and what the test adds.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private long _ticks;

    public void Step(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _ticks));
}

/// <summary>A budget that lets everything go, or nothing, and remembers what it was told.</summary>
internal sealed class OpenBudget : IRateBudget
{
    public bool IsClosed { get; set; }

    public ConcurrentQueue<(RequestUrgency Urgency, RequestCost Cost)> Taken { get; } = new();

    public ConcurrentQueue<BudgetUse> Told { get; } = new();

    public ConcurrentQueue<(TimeSpan Wait, bool IsBan)> Refusals { get; } = new();

    public ValueTask<bool> TakeAsync(
        RequestUrgency urgency, RequestCost cost, long latestMs, CancellationToken cancel)
    {
        Taken.Enqueue((urgency, cost));
        return ValueTask.FromResult(!IsClosed);
    }

    public void Tell(BudgetUse use) => Told.Enqueue(use);

    public void Refused(TimeSpan retryAfter, bool isBan) => Refusals.Enqueue((retryAfter, isBan));
}

/// <summary>Everything that a listener was told, in order.</summary>
internal sealed class HeardEvents : IVenueListener
{
    public ConcurrentQueue<OrderUpdate> Updates { get; } = new();

    public ConcurrentQueue<string> Connected { get; } = new();

    public ConcurrentQueue<string> Lost { get; } = new();

    public ConcurrentQueue<(string What, string Payload)> Unreadable { get; } = new();

    public void OnUpdate(in OrderUpdate update) => Updates.Enqueue(update);

    public void OnConnected(string why) => Connected.Enqueue(why);

    public void OnLost(string why) => Lost.Enqueue(why);

    public ConcurrentQueue<VenueNotice> Notices { get; } = new();

    public void OnUnreadable(string what, string payload) => Unreadable.Enqueue((what, payload));

    public void OnNotice(VenueNotice notice) => Notices.Enqueue(notice);
}

/// <summary>Keeps what is logged, to see that it is, and that no key is.</summary>
internal sealed class LogLines : ILoggerFactory, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) => Lines.Enqueue($"{logLevel} {formatter(state, exception)}");

    public void Dispose()
    {
        // Nothing is open.
    }
}
