using System.Buffers;
using Quantum.Venue.Accounts;
using Quantum.Venue.Engine;

namespace Quantum.Venue.Wire;

/// <summary>One socket of streams: what its address named, and what it subscribes to.</summary>
internal sealed class StreamSession(
    VenueSocket socket, StreamGroup group, bool isCombined, VenueCore core, AccountBook accounts) : IStreamListener
{
    private readonly List<string> _streams = [];

    /// <summary>Subscribes to what the address named; then hears frames until the end.</summary>
    public async Task RunAsync(IReadOnlyList<string> named, CancellationToken ended)
    {
        await core.Loop.Ask(() =>
        {
            core.Streams.Join(this);
            foreach (var stream in named) Subscribe(stream);
            return true;
        });
        await socket.RunAsync(OnFrame, ended);
        await core.Loop.Ask(() =>
        {
            foreach (var stream in _streams) core.Streams.Unsubscribe(stream, this);
            core.Streams.Leave(this);
            return true;
        });
    }

    public bool IsCombined => isCombined;

    public void Tell(ReadOnlyMemory<byte> frame) => socket.Send(frame);

    public void Cut() => socket.Cut();

    private void OnFrame(ReadOnlyMemory<byte> frame)
    {
        // The frame's memory is the socket's own, and the loop comes later.
        var kept = frame.ToArray();
        core.Loop.Post(() => Handle(kept));
    }

    private void Handle(byte[] frame)
    {
        using var document = JsonText.Parse(frame);
        if (document?.RootElement is not { ValueKind: JsonValueKind.Object } root
            || !root.TryGetProperty("method", out var method))
        {
            Answer(default, json => WriteError(json, "Invalid request: it is no object with a method"));
            return;
        }

        root.TryGetProperty("id", out var id);
        root.TryGetProperty("params", out var sent);
        switch (JsonText.TextOf(method))
        {
            case "SUBSCRIBE" when sent.ValueKind == JsonValueKind.Array:
                foreach (var stream in sent.EnumerateArray()) Subscribe(JsonText.TextOf(stream) ?? "");
                Answer(id, json => json.WriteNull("result"u8));
                break;
            case "UNSUBSCRIBE" when sent.ValueKind == JsonValueKind.Array:
                foreach (var stream in sent.EnumerateArray()) Unsubscribe(JsonText.TextOf(stream) ?? "");
                Answer(id, json => json.WriteNull("result"u8));
                break;
            case "LIST_SUBSCRIPTIONS":
                Answer(id, WriteStreams);
                break;
            default:
                Answer(id, json => WriteError(json, "Invalid request: unknown method, or params is no list"));
                break;
        }
    }

    private void Subscribe(string stream)
    {
        if (_streams.Contains(stream) || !IsOfGroup(stream)) return;
        _streams.Add(stream);
        core.Streams.Subscribe(stream, this);
    }

    private void Unsubscribe(string stream)
    {
        if (_streams.Remove(stream)) core.Streams.Unsubscribe(stream, this);
    }

    // As at the exchange, what is no stream of this address is taken and never told.
    private bool IsOfGroup(string stream)
    {
        var isKey = accounts.All.Any(account => account.Stream.ListenKey == stream);
        StreamGroup? known = isKey ? StreamGroup.Private : core.Streams.GroupOf(stream);
        return known is { } of && (group == StreamGroup.Any || of == group || of == StreamGroup.Any);
    }

    private void WriteStreams(Utf8JsonWriter json)
    {
        json.WriteStartArray("result"u8);
        foreach (var stream in _streams) json.WriteStringValue(stream);
        json.WriteEndArray();
    }

    private static void WriteError(Utf8JsonWriter json, string message)
    {
        json.WriteStartObject("error"u8);
        json.WriteNumber("code"u8, 2);
        json.WriteString("msg"u8, message);
        json.WriteEndObject();
    }

    private void Answer(JsonElement id, Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            write(json);
            json.WritePropertyName("id"u8);
            if (id.ValueKind == JsonValueKind.Undefined) json.WriteNullValue();
            else id.WriteTo(json);
            json.WriteEndObject();
        }

        socket.Send(body.WrittenMemory);
    }
}
