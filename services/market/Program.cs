using Quantum.EventLog;
using Quantum.Exchanges;
using Quantum.Exchanges.Budget;
using Quantum.Resp;
using Quantum.Feeds;
using Quantum.Hosting;
using Quantum.Market;
using Quantum.Market.Publishing;
using Quantum.Roles.Market;

return await QuantumHosting.RunAsync(args, builder =>
{
    var options = QuantumOptions.From(builder.Configuration);
    var feed = ReadFeed(builder.Configuration);
    if (feed.IsTape != options.IsTape)
    {
        throw new StartupException(
            $"Quantum:Tape is {options.IsTape}, but the feed ({feed.Kind}, speed {feed.Speed?.ToString() ?? "max"}) is "
            + (feed.IsTape ? "a tape" : "in real time") + $": set Quantum__Tape={feed.IsTape} for every service.");
    }

    if (options.Mode.IsReal() && feed.Kind != FeedKind.Binance)
    {
        throw new StartupException(
            $"Quantum:Mode is {options.Mode}, but the feed is {feed.Kind}: real orders need the exchange's own market. "
            + "Set Feed__Kind=binance and Feed__Symbols (--feed binance --symbols A,B), or use mode paper.");
    }

    var book = builder.Configuration.Instruments();
    var endpoint = RespEndpoint.Parse(options.RedisConnection) with { ClientName = RoleNames.MarketPublisher };
    Func<CancellationToken, IFeedStore> openStore = cancel =>
        new RedisFeedStore(endpoint, new LogKeys(options.Shards), cancel);
    builder.Services.AddSingleton<FeedSwitch>();
    builder.AddQuantum((host, services) => host
        .Add(() => new ExchangeNormalizerRole())
        .AddGateway(() => new FeedControlGateway(
            services.GetRequiredService<FeedSwitch>(), openStore, options.Mode,
            services.GetRequiredService<ILogger<FeedControlGateway>>())));
    if (feed.Kind == FeedKind.Binance)
    {
        var venues = QuoteVenues.Read(builder.Configuration.SettingsOf<QuoteOptions>());
        var binance = LiveMarket.Settings(builder.Configuration, options.Mode);
        var granted = builder.Configuration.SettingsOf<BudgetOptions>();
        builder.Services.AddSingleton(services =>
            new LiveMarket(binance, granted, options, services.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddSingleton<QuoteRelay>();
        builder.Services.AddHostedService(services =>
        {
            var logs = services.GetRequiredService<ILoggerFactory>();
            return ActivatorUtilities.CreateInstance<VenueQuoteService>(
                services, (IReadOnlyList<IQuoteVenue>)
                    [services.GetRequiredService<LiveMarket>().Quotes, .. venues.Select(make => make(logs))]);
        });
    }

    builder.Services.AddHostedService(services =>
    {
        services.GetRequiredService<ILogger<MarketFeedService>>().LogInformation("instruments: {Book}", book);
        return ActivatorUtilities.CreateInstance<MarketFeedService>(
            services, services.GetRequiredService<IEventLog>(), feed, options.Mode, book.Filters, openStore);
    });
});

static FeedSettings ReadFeed(IConfiguration configuration)
{
    try
    {
        return FeedSettings.Of(configuration.SettingsOf<FeedOptions>());
    }
    catch (FeedException fault)
    {
        throw new StartupException(fault.Message, fault);
    }
}
