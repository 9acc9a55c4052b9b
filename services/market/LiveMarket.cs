using Quantum.Binance;
using Quantum.Binance.Market;
using Quantum.Exchanges;
using Quantum.Exchanges.Budget;
using Quantum.Feeds;
using Quantum.Hosting;
using Quantum.Resp;

namespace Quantum.Market;

/// <summary>
/// The exchange's own market: candles, trades, prices and funding, and its quotes beside the other venues'.
/// </summary>
public sealed class LiveMarket : IDisposable
{
    private readonly BinanceSettings _binance;
    private readonly ILoggerFactory _logs;
    private readonly RedisRateBudget _budget;

    /// <param name="binance">Where it is.</param>
    /// <param name="options">The mode and the Redis of the budget.</param>
    /// <param name="logs">Told gaps and losses of the connection.</param>
    public LiveMarket(BinanceSettings binance, QuantumOptions options, ILoggerFactory logs)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_binance, _logs) = (binance, logs);
        // Weight is counted by address, and a system has one account: its services share one budget.
        _budget = new RedisRateBudget(
            RespEndpoint.Parse(options.RedisConnection), "binance", binance.ToString(), new BudgetLimits(),
            logs.CreateLogger<RedisRateBudget>());
    }

    /// <summary>
    /// Where the market of a mode is; throws <see cref="StartupException"/> of one line when that must not be.
    /// </summary>
    public static BinanceSettings Settings(IConfiguration configuration, QuantumOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = configuration.SettingsOf(new BinanceSettings
        {
            Environment = BinancePlaces.OrdersOf(options.Mode) ?? BinancePlace.Live,
        });
        try
        {
            BinancePlaces.CheckMarket(settings, options.Mode);
            return settings;
        }
        catch (VenueException fault)
        {
            throw new StartupException(fault.Message, fault);
        }
    }

    /// <summary>Its quotes, for <c>exchange.raw</c>.</summary>
    public IQuoteVenue Quotes => new BinanceQuotes(_binance, _budget, TimeProvider.System, _logs);

    /// <summary>The feed that the settings ask for; null when they ask for another one.</summary>
    public IMarketFeed? Open(FeedSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Kind != FeedKind.Binance ? null : new BinanceFeed(
            new BinanceFeedSettings
            {
                Binance = _binance, Symbols = settings.Symbols,
                IntervalMs = settings.IntervalMs ?? CandleInterval.MinuteMs, HistoryCandles = settings.HistoryCandles,
                Budget = _budget,
            },
            _logs);
    }

    public void Dispose() => _budget.Dispose();
}
