using Quantum.Binance.Market;
using Quantum.Binance.Orders;
using Quantum.EventLog;
using Quantum.EventLog.Runner;
using Quantum.Exchanges;
using Quantum.Exchanges.Budget;
using Quantum.Hosting;
using Quantum.Instruments;
using Quantum.Resp;

namespace Quantum.Executor.Venue;

/// <summary>Puts an exchange behind the executor.</summary>
internal static class VenueHosting
{
    /// <summary>The account at the exchange, the lanes that send, and the watch that compares.</summary>
    public static void AddExchange(
        this WebApplicationBuilder builder, QuantumOptions options, InstrumentBook book)
    {
        if (options.IsTape)
            throw new StartupException(
                $"Quantum:Tape is true, but in mode {options.Mode} orders go to an exchange, whose time is the clock's:"
                + " play a recording in mode paper.");
        KeySource.AddSecrets(builder.Configuration);
        var lanes = builder.Configuration.SettingsOf<OrderLaneOptions>();
        var granted = builder.Configuration.SettingsOf<BudgetOptions>();
        var binance = ExchangeAccount.Settings(builder.Configuration, options.Mode);
        var services = builder.Services;
        services.AddSingleton(lanes);
        services.AddSingleton(book);
        services.AddSingleton(book.Filters);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => ExchangeAccount.Budget(provider, binance, granted, options));
        services.AddSingleton<IOrderVenue>(provider => new BinanceOrderVenue(
            binance, options.Mode, provider.GetRequiredService<IRateBudget>(), TimeProvider.System,
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(provider => new BinanceInstruments(
            binance, options.Mode, provider.GetRequiredService<IRateBudget>(), TimeProvider.System));
        services.AddSingleton(provider => new SendJournal(
            RespEndpoint.Parse(options.RedisConnection), new LogKeys(options.Shards), lanes,
            provider.GetRequiredService<LogHost>().Instance, TimeProvider.System));
        services.AddSingleton(provider => new VenuePublisher(
            provider.GetRequiredService<IEventLog>(), options.Mode, provider.GetRequiredService<LogHost>().Instance,
            provider.GetRequiredService<ILogger<VenuePublisher>>()));
        services.AddSingleton<EntryStop>();
        services.AddSingleton(provider => new VenueNotes(
            RespEndpoint.Parse(options.RedisConnection), provider.GetRequiredService<ILogger<VenueNotes>>()));
        services.AddSingleton<OrderLanes>();
        services.AddHostedService<AccountWatch>();
        services.AddHostedService<InstrumentWatch>();
    }
}
