namespace Quantum.Resp;

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
        catch (RespConnectionException e)
        {
            var mend = endpoint.UseTls
                ? "if it wants a certificate of the client, which cannot be given, set tls-auth-clients no"
                : "if it wants TLS, add ssl=true";
            throw new RespConnectionException(
                $"{endpoint} closed the connection at its start; {mend} ({e.Message})", e);
        }
        catch (RespTimeoutException e) when (connection.ClientId == 0)
        {
            throw new RespTimeoutException(string.Create(
                CultureInfo.InvariantCulture,
                $"{endpoint} took the connection and did not answer within {endpoint.ConnectTimeoutMs} ms; is it a "
                + $"Redis, and does it want TLS (ssl=true)?"), e);
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
        if (connection.ReadReply(endpoint.ConnectTimeoutMs).Error is not { } error) return;
        throw error.About(string.Create(
            CultureInfo.InvariantCulture, $"Database {endpoint.Database} of {endpoint} cannot be chosen: "));
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
        if (endpoint.ClientName is not null) Tolerate(connection.ReadReply(endpoint.ConnectTimeoutMs).Error);
        var reply = connection.ReadReply(endpoint.ConnectTimeoutMs);
        Tolerate(reply.Error);
        if (reply.Next == RespKind.Number) connection.ClientId = reply.ReadInteger();
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
            var error = connection.ReadReply(endpoint.ConnectTimeoutMs).Error;
            if (error?.Code != RespErrorCode.Loading)
            {
                // Such a replica still says who it is and where its master was.
                if (error?.Code != RespErrorCode.MasterDown) Tolerate(error);
                return;
            }

            if (Environment.TickCount64 - started >= endpoint.LoadingTimeoutMs)
            {
                throw error.About(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Redis at {endpoint} still loads after {endpoint.LoadingTimeoutMs} ms{Progress(connection)}: "));
            }

            if (cancel.WaitHandle.WaitOne(LoadingPollMs)) cancel.ThrowIfCancellationRequested();
        }
    }

    private static string Progress(RespConnection connection)
    {
        var reply = connection.Call("INFO", "persistence");
        if (reply.Next != RespKind.Bulk) return "";
        var facts = InfoText.Read(reply.ReadString());
        return facts.TryGetValue("loading_loaded_perc", out var percent)
            ? $", {percent} % done, about {facts.GetValueOrDefault("loading_eta_seconds", "?")} s to go"
            : "";
    }

    /// <summary>A name, a number and a greeting are comforts: a user or a server without them serves as well.</summary>
    private static void Tolerate(RespServerException? error)
    {
        if (error is not null and not { Code: RespErrorCode.NoPermission or RespErrorCode.UnknownCommand }) throw error;
    }
}
