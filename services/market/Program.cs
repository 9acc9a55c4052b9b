using Quantum.Contracts.Catalog;
using Quantum.EventLog;
using Quantum.Resp;
using Quantum.Feeds;
using Quantum.Hosting;
using Quantum.Market;
using Quantum.Market.Publishing;
using Quantum.Roles.Market;

return await QuantumHosting.RunAsync(args, builder =>
{
    var feed = ReadFeed(builder.Configuration);
    var book = builder.Configuration.Instruments();
    var options = QuantumOptions.From(builder.Configuration);
    var endpoint = RespEndpoint.Parse(options.RedisConnection) with { ClientName = RoleNames.MarketPublisher };
    Func<CancellationToken, IFeedStore> openStore = cancel =>
        new RedisFeedStore(endpoint, new LogKeys(options.Shards), cancel);
    builder.Services.AddSingleton<FeedSwitch>();
    builder.AddQuantum((host, services) => host
        .Add(() => new ExchangeNormalizerRole())
        .AddGateway(() => new FeedControlGateway(
            services.GetRequiredService<FeedSwitch>(), openStore, options.Mode,
            services.GetRequiredService<ILogger<FeedControlGateway>>())));
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
        var feed = FeedSettings.Read(configuration);
        var isTape = QuantumOptions.From(configuration).IsTape;
        if (feed.IsTape != isTape)
        {
            throw new FeedException(
                $"Quantum:Tape is {isTape}, but the feed ({feed.Kind}, speed {feed.Speed?.ToString() ?? "max"}) is "
                + (feed.IsTape ? "a tape" : "in real time") + $": set Quantum__Tape={feed.IsTape} for every service.");
        }

        return feed;
    }
    catch (FeedException fault)
    {
        throw new StartupException(fault.Message, fault);
    }
}
