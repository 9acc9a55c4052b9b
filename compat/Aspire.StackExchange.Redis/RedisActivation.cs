using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis;

/// <summary>Connects at the start of the host.</summary>
internal sealed class RedisActivation(Func<IConnectionMultiplexer> get) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.Run(get, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
