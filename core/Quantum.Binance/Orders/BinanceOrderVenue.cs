using Binance.Net.Clients;
using Microsoft.Extensions.Logging;
using Quantum.Binance.Account;
using Quantum.Binance.Calls;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Exchanges;
using Quantum.Exchanges.Budget;

namespace Quantum.Binance.Orders;

/// <summary>One account of Binance's USD-M futures, in one-way mode.</summary>
public sealed class BinanceOrderVenue : IOrderVenue
{
    private readonly BinanceRestClient _rest;
    private readonly SymbolSetup _setup;
    private readonly AccountChecks _checks;
    private readonly OrderPlacing _placing;
    private readonly OrderQueries _queries;
    private readonly AccountReader _account;
    private readonly FillsReader _fills;
    private readonly UserStream _stream;

    /// <param name="settings">Where, and with which key.</param>
    /// <param name="mode">What the system trades on: the key must be of the same.</param>
    /// <param name="budget">The account's request budget.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logs">Never told a key.</param>
    /// <exception cref="VenueException">When mode and exchange do not go together, or there is no key.</exception>
    public BinanceOrderVenue(
        BinanceSettings settings, TradingMode mode, IRateBudget budget, TimeProvider time, ILoggerFactory logs)
    {
        BinancePlaces.CheckOrders(settings, mode);
        Reservation = mode == TradingMode.Sim || !BinanceClients.AreStandIns
            ? null
            : new VenueNotice(
                FindingCodes.StandInLibrary, "", Severity.Warning,
                $"Orders go to binance in mode {mode.ToString().ToLowerInvariant()} through the stand-in of "
                + "Binance.Net, not through the library itself.",
                "build and start with BinanceNet=package in the environment, where a registry has it");
        ReceiveWindow = TimeSpan.FromMilliseconds(settings.ReceiveWindowMs);
        _rest = BinanceClients.Rest(settings, isSigned: true);
        var calls = new BinanceCalls(settings, budget, time);
        var names = new OrderNames();
        var fees = new Fees(logs.CreateLogger<BinanceOrderVenue>());
        _setup = new SymbolSetup(settings, _rest, calls, time);
        _queries = new OrderQueries(_rest, calls, names);
        _placing = new OrderPlacing(_rest, calls, _setup, _queries, names, time);
        _checks = new AccountChecks(settings, _rest, calls, _setup, time);
        _account = new AccountReader(_rest, calls, names);
        _fills = new FillsReader(_rest, calls, names, fees);
        _stream = new UserStream(settings, _rest, calls, _setup, names, fees, time, logs);
    }

    public string Name => "binance";

    public TimeSpan ReceiveWindow { get; }

    public VenueNotice? Reservation { get; }

    /// <summary>How often the stream's key is renewed; it lives an hour.</summary>
    internal TimeSpan KeepAliveEvery
    {
        set => _stream.KeepAliveEvery = value;
    }

    public ValueTask PrepareAsync(CancellationToken cancel) => _checks.PrepareAsync(cancel);

    public ValueTask<VenueNotice?> PrepareSymbolAsync(Symbol symbol, CancellationToken cancel) =>
        _checks.PrepareSymbolAsync(symbol, cancel);

    public ValueTask<OrderUpdate> PlaceAsync(OrderCommand order, CancellationToken cancel) =>
        _placing.PlaceAsync(order, cancel);

    public ValueTask<OrderUpdate> CancelAsync(OrderCommand order, CancellationToken cancel) =>
        _placing.CancelAsync(order, cancel);

    public ValueTask<OrderUpdate> QueryAsync(OrderCommand order, CancellationToken cancel) =>
        _queries.AskAsync(order, cancel);

    public ValueTask<VenueAccountState> ReadAccountAsync(CancellationToken cancel) => _account.ReadAsync(cancel);

    public ValueTask<IReadOnlyList<OrderUpdate>> ReadFillsAsync(
        Symbol symbol, long sinceMs, CancellationToken cancel) => _fills.ReadAsync(symbol, sinceMs, cancel);

    public Task ListenAsync(IVenueListener listener, CancellationToken cancel) => _stream.RunAsync(listener, cancel);

    public ValueTask DisposeAsync()
    {
        _setup.Dispose();
        _rest.Dispose();
        return ValueTask.CompletedTask;
    }
}
