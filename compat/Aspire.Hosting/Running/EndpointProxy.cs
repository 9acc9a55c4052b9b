using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Running;

/// <summary>Passes connections of one port to the replicas in turn; one that does not listen is passed over.</summary>
internal sealed class EndpointProxy(int port, IReadOnlyList<int> targets) : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, port);
    private int _next = -1;

    public void Start()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public void Dispose()
    {
        _ended.Cancel();
        _listener.Stop();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_ended.IsCancellationRequested)
            {
                var client = await _listener.AcceptTcpClientAsync(_ended.Token).ConfigureAwait(false);
                _ = PassAsync(client);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The proxy was stopped.
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using var near = client;
        using var far = await ConnectAsync().ConfigureAwait(false);
        if (far is null)
        {
            return;
        }

        near.NoDelay = far.NoDelay = true;
        try
        {
            var (left, right) = (near.GetStream(), far.GetStream());
            await Task.WhenAll(CopyAsync(left, right, far), CopyAsync(right, left, near)).ConfigureAwait(false);
        }
        catch (Exception broken) when (
            broken is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side is gone; closing the other tells it so.
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, TcpClient toClient)
    {
        await from.CopyToAsync(to, _ended.Token).ConfigureAwait(false);
        toClient.Client.Shutdown(SocketShutdown.Send);
    }

    private async Task<TcpClient?> ConnectAsync()
    {
        for (var attempt = 0; attempt < targets.Count; attempt++)
        {
            var target = targets[(Interlocked.Increment(ref _next) & int.MaxValue) % targets.Count];
            var client = new TcpClient(AddressFamily.InterNetwork);
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, target, _ended.Token).ConfigureAwait(false);
                return client;
            }
            catch (Exception closed) when (closed is SocketException or OperationCanceledException)
            {
                client.Dispose();
            }
        }

        return null;
    }
}
