using Quantum.EventLog;
using Quantum.EventLog.Resp;
using Quantum.Feeds;
using Quantum.Hosting;
using Quantum.Market;
using Quantum.Market.Gateways;
using Quantum.Roles.Market;

return await QuantumHosting.RunAsync(args, builder =>
{
    var options = QuantumOptions.From(builder.Configuration);
    var feed = ReadFeed(builder.Configuration);
    if (feed.IsTape != options.IsTape)
        throw new StartupException(
            $"Quantum:Tape is {options.IsTape}, but the feed {(feed.IsTape ? "is" : "is not")} a tape: all services must agree.");
    builder.AddQuantum((host, _) => host.Add(() => new ExchangeNormalizerRole()));
    builder.Services.AddHostedService(services => new MarketFeedGateway(
        services.GetRequiredService<IEventLog>(),
        cancel => new RedisFeedStoreGateway(RespEndpoint.Parse(options.RedisConnection), cancel),
        feed,
        options.Mode,
        services.GetRequiredService<IHostApplicationLifetime>(),
        services.GetRequiredService<ILogger<MarketFeedGateway>>(),
        services.GetRequiredService<TimeProvider>()));
});

static FeedSettings ReadFeed(IConfiguration configuration)
{
    try
    {
        return FeedSettings.Read(configuration);
    }
    catch (FeedException fault)
    {
        throw new StartupException(fault.Message, fault);
    }
}
