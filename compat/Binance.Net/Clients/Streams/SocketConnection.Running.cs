using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Binance.Net.Clients.Streams;

/// <summary>The connection's life: receiving until the socket breaks, opening it anew, subscribing again.</summary>
internal sealed partial class SocketConnection
{
    private const int FirstBufferBytes = 64 * 1024;

    private readonly FrameBuffer _frame = new(FirstBufferBytes);

    private async Task RunAsync()
    {
        while (true)
        {
            var socket = _socket!;
            if (IsEnded)
            {
                socket.Abort();
                return;
            }

            await ReceiveAsync(socket).ConfigureAwait(false);
            _isReady = false;
            _requests.FailAll();
            if (IsEnded) return;
            _lostAt = DateTime.UtcNow;
            var lost = Active();
            _ = Task.Run(() => lost.ForEach(subscription => subscription.Public.OnLost()));
            if (options.ReconnectPolicy == ReconnectPolicy.Disabled || !await ReopenAsync().ConfigureAwait(false))
            {
                onEnd(this);
                return;
            }

            // Beside the receiving, which brings the replies.
            var anew = _socket!;
            _ = Task.Run(() => ResubscribeAsync(anew));
        }
    }

    private async Task<bool> ReopenAsync()
    {
        _socket?.Dispose();
        for (var attempt = 0; !IsEnded; attempt++)
        {
            await _delay.WaitAsync(attempt, _end.Token).ConfigureAwait(false);
            if (IsEnded) return false;
            if (await ConnectAsync(CancellationToken.None).ConfigureAwait(false) is not { } error)
            {
                _delay.OnReconnected();
                return true;
            }

            LogCannotReconnect(logger, Id, error);
        }

        return false;
    }

    private async Task ResubscribeAsync(ClientWebSocket socket)
    {
        foreach (var batch in Active().Chunk(ResubscribedAtOnce))
        {
            var errors = await Task.WhenAll(batch.Select(subscription =>
                subscription.IsClosed
                    ? Task.FromResult<Error?>(null)
                    : RequestAsync("SUBSCRIBE", subscription.Topics))).ConfigureAwait(false);
            if (errors.FirstOrDefault(error => error is not null) is not { } failed) continue;
            Active().ForEach(subscription => subscription.Public.OnResubscribingFailed(failed));
            socket.Abort();
            return;
        }

        // It may have broken meanwhile, and another be the newest.
        if (socket != _socket || socket.State != WebSocketState.Open) return;
        _isReady = true;
        var outage = DateTime.UtcNow - _lostAt;
        Active().ForEach(subscription => subscription.Public.OnRestored(outage));
    }

    private async Task ReceiveAsync(ClientWebSocket socket)
    {
        _frame.Clear();
        using var silence = options.SocketNoDataTimeout > TimeSpan.Zero ? new CancellationTokenSource() : null;
        try
        {
            while (true)
            {
                silence?.CancelAfter(options.SocketNoDataTimeout);
                var received = await socket.ReceiveAsync(_frame.Free, silence?.Token ?? default).ConfigureAwait(false);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    if (socket.State == WebSocketState.CloseReceived)
                        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "Closing", default)
                            .ConfigureAwait(false);
                    return;
                }

                _frame.Advance(received.Count);
                if (!received.EndOfMessage) continue;
                LastReceiveTime = DateTime.UtcNow;
                Handle(_frame.Received, LastReceiveTime.Value);
                _frame.Clear();
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            LogBroken(logger, Id, e.Message);
        }
        // As the library: an exception of a receiver costs the connection.
        catch (Exception e)
        {
            LogReceiverFailed(logger, Id, e);
        }

        socket.Abort();
    }

    private void Handle(ReadOnlySpan<byte> text, DateTime receivedAt)
    {
        StreamFrame frame;
        try
        {
            frame = StreamFrame.Read(text);
        }
        catch (JsonException e)
        {
            LogUnreadable(logger, Id, e, Encoding.UTF8.GetString(text));
            return;
        }

        // Events of an account go by their kind, whatever key they came by; all else goes by its stream.
        if (_routes.TryFind(frame.Event, out _, out var routes))
        {
            Dispatch(frame, Encoding.UTF8.GetString(frame.Stream), routes, text, receivedAt);
        }
        else if (_routes.TryFind(frame.Stream, out var stream, out routes))
        {
            Dispatch(frame, stream, routes, text, receivedAt);
        }
        else if (frame.Id is not { } id || !_requests.Answer(id))
        {
            LogUnknown(logger, Id, Encoding.UTF8.GetString(text));
        }
    }

    private void Dispatch(
        StreamFrame frame, string stream, StreamRoute[] routes, ReadOnlySpan<byte> text, DateTime receivedAt)
    {
        var original = options.OutputOriginalData ? Encoding.UTF8.GetString(text) : null;
        foreach (var route in routes)
        {
            try
            {
                route.Handle(frame.Data, stream, receivedAt, original);
            }
            // As the library: an update that cannot be read is lost, and the log says so.
            catch (UnreadableUpdateException e)
            {
                LogUnreadable(logger, Id, e, Encoding.UTF8.GetString(text));
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Socket {Id}: broken: {Reason}")]
    private static partial void LogBroken(ILogger logger, int id, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Socket {Id}: closed in haste: {Reason}")]
    private static partial void LogClosing(ILogger logger, int id, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Socket {Id}: cannot be opened anew: {Error}")]
    private static partial void LogCannotReconnect(ILogger logger, int id, Error error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Socket {Id}: an update's receiver failed; the socket is broken")]
    private static partial void LogReceiverFailed(ILogger logger, int id, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Socket {Id}: not readable, dropped: {Frame}")]
    private static partial void LogUnreadable(ILogger logger, int id, Exception exception, string frame);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Socket {Id}: nobody waits for this, dropped: {Frame}")]
    private static partial void LogUnknown(ILogger logger, int id, string frame);
}
