using System.Net;

namespace StackExchange.Redis;

/// <summary>The shared client, from which databases, servers and subscribers are taken.</summary>
public interface IConnectionMultiplexer : IDisposable, IAsyncDisposable
{
    event EventHandler<ConnectionFailedEventArgs> ConnectionFailed;

    event EventHandler<ConnectionFailedEventArgs> ConnectionRestored;

    string ClientName { get; }

    string Configuration { get; }

    int TimeoutMilliseconds { get; }

    bool IsConnected { get; }

    bool IsConnecting { get; }

    IDatabase GetDatabase(int db = -1, object? asyncState = null);

    ISubscriber GetSubscriber(object? asyncState = null);

    EndPoint[] GetEndPoints(bool configuredOnly = false);

    IServer[] GetServers();

    IServer GetServer(string host, int port, object? asyncState = null);

    IServer GetServer(string hostAndPort, object? asyncState = null);

    IServer GetServer(EndPoint endpoint, object? asyncState = null);

    void Wait(Task task);

    T Wait<T>(Task<T> task);

    void Close(bool allowCommandsToComplete = true);

    Task CloseAsync(bool allowCommandsToComplete = true);
}
