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
    /// <param name="granted">What the exchange grants the account.</param>
    /// <param name="options">The Redis of the budget.</param>
    /// <param name="logs">Told gaps and losses of the connection.</param>
    public LiveMarket(BinanceSettings binance, BudgetOptions granted, QuantumOptions options, ILoggerFactory logs)
    {
        ArgumentNullException.ThrowIfNull(granted);
        ArgumentNullException.ThrowIfNull(options);
        (_binance, _logs) = (binance, logs);
        // Weight is counted by address, and a system has one account: its services share one budget.
        _budget = new RedisRateBudget(
            RespEndpoint.Parse(options.RedisConnection), "binance", binance.ToString(), granted.Limits(),
            logs.CreateLogger<RedisRateBudget>());
    }

    /// <summary>
    /// Where the market of a mode is; throws <see cref="StartupException"/> of one line when that must not be.
    /// </summary>
    public static BinanceSettings Settings(IConfiguration configuration, TradingMode mode) => configuration.SettingsOf(
        BinancePlaces.DefaultsOf(mode), settings => BinancePlaces.CheckMarket(settings, mode));

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
