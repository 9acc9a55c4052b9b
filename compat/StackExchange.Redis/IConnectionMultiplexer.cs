namespace StackExchange.Redis;

/// <summary>The shared client, from which databases are taken.</summary>
public interface IConnectionMultiplexer : IDisposable, IAsyncDisposable
{
    string ClientName { get; }

    string Configuration { get; }

    bool IsConnected { get; }

    IDatabase GetDatabase(int db = -1, object? asyncState = null);
}
