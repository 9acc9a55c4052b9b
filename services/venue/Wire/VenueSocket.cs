using System.Buffers;
using System.Net.WebSockets;
using System.Threading.Channels;

namespace Quantum.Venue.Wire;

/// <summary>
/// One WebSocket: frames go out in the order in which they were told, and one who reads too slowly is cut off. Closed
/// after its longest time, as the exchange does every 24 hours.
/// </summary>
internal sealed class VenueSocket(WebSocket socket, TimeSpan longest) : IDisposable
{
    private const int MostWaiting = 16_384;
    private const int MostFrameBytes = 65_536;

    private readonly Channel<ReadOnlyMemory<byte>> _out = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly CancellationTokenSource _cut = new();

    /// <summary>Sends a text frame; on any thread.</summary>
    public void Send(ReadOnlyMemory<byte> text)
    {
        if (!_out.Writer.TryWrite(text)) Cut();
    }

    /// <summary>Breaks the connection off without a word.</summary>
    public void Cut()
    {
        _out.Writer.TryComplete();
        socket.Abort();
    }

    /// <summary>Runs until either side ends it.</summary>
    /// <param name="onFrame">Told each text frame, one after the other.</param>
    /// <param name="ended">Ends it too.</param>
    public async Task RunAsync(Action<ReadOnlyMemory<byte>> onFrame, CancellationToken ended)
    {
        using var life = CancellationTokenSource.CreateLinkedTokenSource(ended, _cut.Token);
        life.CancelAfter(longest);
        var sending = SendAllAsync(life.Token);
        await ReceiveAllAsync(onFrame, life.Token);
        _out.Writer.TryComplete();
        await _cut.CancelAsync();
        await sending;
    }

    public void Dispose() => _cut.Dispose();

    private async Task ReceiveAllAsync(Action<ReadOnlyMemory<byte>> onFrame, CancellationToken cancel)
    {
        var frame = new ArrayBufferWriter<byte>(4_096);
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(frame.GetMemory(4_096), cancel);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancel);
                    return;
                }

                frame.Advance(part.Count);
                if (frame.WrittenCount > MostFrameBytes)
                {
                    socket.Abort();
                    return;
                }

                if (!part.EndOfMessage) continue;
                onFrame(frame.WrittenMemory);
                frame.ResetWrittenCount();
            }
        }
        catch (OperationCanceledException)
        {
            // Its longest time is over, or the venue ends.
            socket.Abort();
        }
        catch (WebSocketException)
        {
            // The other side went away; that is no fault of ours.
        }
    }

    private async Task SendAllAsync(CancellationToken cancel)
    {
        try
        {
            await foreach (var text in _out.Reader.ReadAllAsync(cancel))
                await socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, cancel);
        }
        catch (OperationCanceledException)
        {
            // The receiver ended it.
        }
        catch (WebSocketException)
        {
            // The other side went away; the receiver sees it too.
        }
    }
}
