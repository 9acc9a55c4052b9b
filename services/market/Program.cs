using Quantum.Contracts.Catalog;
using Quantum.EventLog;
using Quantum.EventLog.Resp;
using Quantum.Feeds;
using Quantum.Hosting;
using Quantum.Market;
using Quantum.Market.Gateways;
using Quantum.Roles.Market;

return await QuantumHosting.RunAsync(args, builder =>
{
    var feed = ReadFeed(builder.Configuration);
    var book = builder.Configuration.Instruments();
    builder.AddQuantum((host, _) => host.Add(() => new ExchangeNormalizerRole()));
    builder.Services.AddHostedService(services =>
    {
        var options = services.GetRequiredService<QuantumOptions>();
        services.GetRequiredService<ILogger<MarketFeedGateway>>().LogInformation("instruments: {Book}", book);
        var endpoint = RespEndpoint.Parse(options.RedisConnection) with { ClientName = RoleNames.MarketPublisher };
        return ActivatorUtilities.CreateInstance<MarketFeedGateway>(
            services, services.GetRequiredService<IEventLog>(), feed, options.Mode, book.Filters,
            new Func<CancellationToken, IFeedStore>(cancel => new RedisFeedStoreGateway(
                endpoint, new LogKeys(options.Shards), cancel)));
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
