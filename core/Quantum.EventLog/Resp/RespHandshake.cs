using System.Globalization;

namespace Quantum.EventLog.Resp;

/// <summary>
/// The first exchange on a connection: user, database, name, and waiting while the server loads its data.
/// </summary>
internal static class RespHandshake
{
    private const int LoadingPollMs = 100;

    public static void Run(RespConnection connection, CancellationToken cancel)
    {
        var endpoint = connection.Endpoint;
        try
        {
            Authenticate(connection, endpoint);
            Select(connection, endpoint);
            Name(connection, endpoint);
            WaitWhileLoading(connection, endpoint, cancel);
        }
        catch (RespConnectionException e) when (!endpoint.UseTls)
        {
            throw new RespConnectionException(
                $"{endpoint} closed the connection at its start; if it wants TLS, add ssl=true ({e.Message})", e);
        }
    }

    private static void Authenticate(RespConnection connection, RespEndpoint endpoint)
    {
        if (endpoint.Password is null)
        {
            if (endpoint.User is null) return;
            throw new FormatException($"The connection string {endpoint} names a user but no password; add password=.");
        }

        var writer = connection.BeginWrite();
        writer.WriteArrayHeader(endpoint.User is null ? 2 : 3);
        writer.WriteBulk("AUTH"u8);
        if (endpoint.User is not null) writer.WriteBulk(endpoint.User);
        writer.WriteBulk(endpoint.Password);
        connection.Flush();
        connection.ReadReply(endpoint.ConnectTimeoutMs).ThrowIfError();
        // The password shall not stay in the buffer for a replay or a memory dump longer than needed.
        connection.BeginWrite();
    }

    private static void Select(RespConnection connection, RespEndpoint endpoint)
    {
        if (endpoint.Database == 0) return;
        var writer = connection.BeginWrite();
        writer.WriteArrayHeader(2);
        writer.WriteBulk("SELECT"u8);
        writer.WriteBulk(endpoint.Database);
        connection.Flush();
        connection.ReadReply(endpoint.ConnectTimeoutMs).ThrowIfError();
    }

    private static void Name(RespConnection connection, RespEndpoint endpoint)
    {
        var writer = connection.BeginWrite();
        if (endpoint.ClientName is not null)
        {
            writer.WriteArrayHeader(3);
            writer.WriteBulk("CLIENT"u8);
            writer.WriteBulk("SETNAME"u8);
            writer.WriteBulk(endpoint.ClientName);
        }

        writer.WriteArrayHeader(2);
        writer.WriteBulk("CLIENT"u8);
        writer.WriteBulk("ID"u8);
        connection.Flush();
        if (endpoint.ClientName is not null) connection.ReadReply(endpoint.ConnectTimeoutMs).ThrowIfError();
        var reply = connection.ReadReply(endpoint.ConnectTimeoutMs);
        connection.ClientId = reply.ReadInteger();
    }

    private static void WaitWhileLoading(RespConnection connection, RespEndpoint endpoint, CancellationToken cancel)
    {
        var started = Environment.TickCount64;
        while (true)
        {
            var writer = connection.BeginWrite();
            writer.WriteArrayHeader(1);
            writer.WriteBulk("PING"u8);
            connection.Flush();
            var reply = connection.ReadReply(endpoint.ConnectTimeoutMs);
            if (reply.ErrorCode is not RespErrorCode.Loading)
            {
                reply.ThrowIfError();
                return;
            }

            if (Environment.TickCount64 - started >= endpoint.LoadingTimeoutMs)
            {
                throw new RespTimeoutException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Redis at {endpoint} still loads its data after {endpoint.LoadingTimeoutMs} ms; start later."));
            }

            if (cancel.WaitHandle.WaitOne(LoadingPollMs)) cancel.ThrowIfCancellationRequested();
        }
    }
}
