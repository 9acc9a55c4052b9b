using System.Net.WebSockets;

namespace Quantum.Exchanges.Quotes;

/// <summary>One connection of a stream, from its handshake to its end.</summary>
internal sealed class JsonConnection(QuoteStreamSettings settings, IStreamDialect dialect)
{
    private const int FirstBytes = 16 * 1024;
    private const int MostBytes = 4 * 1024 * 1024;
    private const int MostShown = 200;

    private byte[] _buffer = new byte[FirstBytes];
    private int _length;

    /// <summary>True once a quote has come.</summary>
    public bool HasQuoted { get; private set; }

    /// <summary>Why it ended; throws <see cref="OperationCanceledException"/> when cancelled from outside.</summary>
    public async Task<string> RunAsync(CancellationToken cancel)
    {
        using var socket = new ClientWebSocket();
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            silence.CancelAfter(settings.ConnectWithin);
            await socket.ConnectAsync(settings.Address, silence.Token).ConfigureAwait(false);
            silence.CancelAfter(settings.SilentAfter);
            foreach (var frame in dialect.Open()) await SendAsync(socket, frame, silence.Token).ConfigureAwait(false);
            return await HearAsync(socket, silence).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return socket.State == WebSocketState.Connecting
                ? $"no connection within {settings.ConnectWithin.TotalSeconds:0.#} s"
                : $"no quote for {settings.SilentAfter.TotalSeconds:0.#} s";
        }
        catch (Exception e) when (e is WebSocketException or IOException)
        {
            cancel.ThrowIfCancellationRequested();
            return e.Message;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException
            or KeyNotFoundException or OverflowException)
        {
            var text = Encoding.UTF8.GetString(_buffer, 0, Math.Min(_length, MostShown));
            return $"a frame that cannot be read ({e.Message}): {text}";
        }
    }

    private async Task<string> HearAsync(ClientWebSocket socket, CancellationTokenSource silence)
    {
        using var timer = new PeriodicTimer(settings.PingEvery);
        var isAsked = false;
        var tick = timer.WaitForNextTickAsync(silence.Token).AsTask();
        var receive = ReceiveAsync(socket, silence.Token);
        while (true)
        {
            if (await Task.WhenAny(tick, receive).ConfigureAwait(false) == tick)
            {
                await tick.ConfigureAwait(false);
                if (isAsked) return $"no answer to a ping for {settings.PingEvery.TotalSeconds:0.#} s";
                if (dialect.Unanswered is { } unanswered) return unanswered;
                isAsked = true;
                await SendAsync(socket, dialect.Ping, silence.Token).ConfigureAwait(false);
                tick = timer.WaitForNextTickAsync(silence.Token).AsTask();
                continue;
            }

            if (await receive.ConfigureAwait(false) is { } closed) return closed;
            var heard = dialect.Hear(_buffer.AsMemory(0, _length));
            if (heard.Kind == HeardKind.Fault) return heard.Why;
            if (heard.Kind == HeardKind.Pong) isAsked = false;
            if (heard.Kind == HeardKind.Quote)
            {
                HasQuoted = true;
                silence.CancelAfter(settings.SilentAfter);
            }

            if (heard.Reply is { } reply) await SendAsync(socket, reply, silence.Token).ConfigureAwait(false);
            receive = ReceiveAsync(socket, silence.Token);
        }
    }

    private static async Task SendAsync(ClientWebSocket socket, ReadOnlyMemory<byte> frame, CancellationToken cancel) =>
        await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, cancel).ConfigureAwait(false);

    /// <summary>Null with a whole frame in the buffer, else why there will be none.</summary>
    private async Task<string?> ReceiveAsync(ClientWebSocket socket, CancellationToken cancel)
    {
        _length = 0;
        while (true)
        {
            if (_length == _buffer.Length)
            {
                if (_buffer.Length >= MostBytes) return $"a frame above {MostBytes} bytes";
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            var part = await socket.ReceiveAsync(_buffer.AsMemory(_length), cancel).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close)
                return $"the venue closed it, {socket.CloseStatus} {socket.CloseStatusDescription}".TrimEnd();
            if (part.MessageType == WebSocketMessageType.Binary) return "a binary frame, where all are text";
            _length += part.Count;
            if (part.EndOfMessage) return null;
        }
    }
}
