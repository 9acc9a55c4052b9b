using Quantum.Binance;
using Quantum.Exchanges.Budget;
using Quantum.Hosting;
using Quantum.Resp;

namespace Quantum.Executor.Venue;

/// <summary>Opens the account that the mode trades on.</summary>
internal static class ExchangeAccount
{
    /// <summary>
    /// How the exchange is reached; throws <see cref="StartupException"/> when key, address and mode do not belong
    /// together.
    /// </summary>
    public static BinanceSettings Settings(IConfiguration configuration, TradingMode mode)
    {
        KeySource.Check(configuration);
        return configuration.SettingsOf(
            BinancePlaces.DefaultsOf(mode), settings => BinancePlaces.CheckOrders(settings, mode));
    }

    /// <summary>The account's request budget, which every service of the system shares.</summary>
    public static IRateBudget Budget(
        IServiceProvider services, BinanceSettings settings, BudgetOptions granted, QuantumOptions options) =>
        new RedisRateBudget(
            RespEndpoint.Parse(options.RedisConnection), "binance", settings.ToString(), granted.Limits(),
            services.GetRequiredService<ILogger<RedisRateBudget>>());
}
