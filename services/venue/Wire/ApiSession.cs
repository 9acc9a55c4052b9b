using System.Buffers;
using Quantum.Venue.Engine;

namespace Quantum.Venue.Wire;

/// <summary>
/// One socket of the WebSocket API: each request has the parameters of the REST address it leads to, with its own key
/// and signature; there are no log-ons.
/// </summary>
internal sealed class ApiSession(VenueSocket socket, string address, VenueCore core, RestHandler rest) : IStreamListener
{
    private const string KeyName = "apiKey";
    private const string SignatureName = "signature";

    private CancellationToken _ended;

    public async Task RunAsync(CancellationToken ended)
    {
        using var life = CancellationTokenSource.CreateLinkedTokenSource(ended);
        _ended = life.Token;
        await core.Loop.Ask(() => core.Streams.Join(this));
        await socket.RunAsync(OnFrame, ended);
        await life.CancelAsync();
        await core.Loop.Ask(() => core.Streams.Leave(this));
    }

    public bool IsCombined => false;

    public void Tell(ReadOnlyMemory<byte> frame)
    {
        // This socket subscribes to nothing.
    }

    public void Cut() => socket.Cut();

    // Each is asked in its turn, but none waits for the answer of the one before.
    private void OnFrame(ReadOnlyMemory<byte> frame) => _ = AnswerAsync(frame.ToArray(), _ended);

    private async Task AnswerAsync(byte[] frame, CancellationToken cancel)
    {
        try
        {
            using var document = JsonText.Parse(frame);
            await AnswerAsync(document?.RootElement ?? default, cancel);
        }
        catch (OperationCanceledException)
        {
            // The socket ended while a fault held the answer back.
        }
        catch (InvalidOperationException)
        {
            // The venue ends: whoever asked sees the connection go.
            socket.Cut();
        }
    }

    private async Task AnswerAsync(JsonElement root, CancellationToken cancel)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("method", out var method))
        {
            Send(default, 400, json => Refuse(json, new VenueError(-1135, "This error code will be returned if a "
                + "parameter requiring a JSON object is invalid.")));
            return;
        }

        root.TryGetProperty("id", out var id);
        if (core.Routes.FindMethod(JsonText.TextOf(method) ?? "") is not { } route)
        {
            Send(id, 400, json => Refuse(json, new VenueError(-1020, "This operation is not supported.")));
            return;
        }

        root.TryGetProperty("params", out var sent);
        using var reply = await rest.AnswerAsync(Read(route, sent), cancel);
        if (reply.IsCut) socket.Cut();
        else Send(id, reply.Status, json => Write(json, reply));
    }

    private Request Read(Route route, JsonElement sent)
    {
        var parameters = new Parameters();
        string? key = null;
        string? signature = null;
        if (sent.ValueKind == JsonValueKind.Object) parameters = JsonText.ParametersOf(sent);
        var pairs = new List<(string Name, string Value)>(parameters.All.Count);
        foreach (var (name, value) in parameters.All)
        {
            if (name == KeyName) key = value;
            if (name == SignatureName) signature = value;
            else pairs.Add((name, value));
        }

        pairs.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        return new Request
        {
            Route = route, Parameters = parameters, Key = key, Signature = signature, Address = address,
            SignedText = string.Join('&', pairs.Select(pair => $"{pair.Name}={pair.Value}")),
        };
    }

    private void Write(Utf8JsonWriter json, Reply reply)
    {
        json.WritePropertyName(reply.Status == 200 ? "result"u8 : "error"u8);
        // A gateway's page reaches a socket as its words.
        if (reply.IsHtml) json.WriteStringValue(reply.Body.WrittenSpan);
        else json.WriteRawValue(reply.Body.WrittenSpan, skipInputValidation: true);
        json.WriteStartArray("rateLimits"u8);
        if (reply.Orders is var (tenSeconds, minute))
        {
            WriteLimit(json, "ORDERS"u8, "SECOND"u8, 10, core.Options.OrdersPerTenSeconds, tenSeconds);
            WriteLimit(json, "ORDERS"u8, "MINUTE"u8, 1, core.Options.OrdersPerMinute, minute);
        }

        WriteLimit(json, "REQUEST_WEIGHT"u8, "MINUTE"u8, 1, core.Options.WeightPerMinute, reply.UsedWeight);
        json.WriteEndArray();
    }

    private static void WriteLimit(
        Utf8JsonWriter json, ReadOnlySpan<byte> type, ReadOnlySpan<byte> interval, int number, int limit, int count)
    {
        json.WriteStartObject();
        json.WriteString("rateLimitType"u8, type);
        json.WriteString("interval"u8, interval);
        json.WriteNumber("intervalNum"u8, number);
        json.WriteNumber("limit"u8, limit);
        json.WriteNumber("count"u8, count);
        json.WriteEndObject();
    }

    private static void Refuse(Utf8JsonWriter json, VenueError error)
    {
        json.WriteStartObject("error"u8);
        json.WriteNumber("code"u8, error.Code);
        json.WriteString("msg"u8, error.Message);
        json.WriteEndObject();
    }

    private void Send(JsonElement id, int status, Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>(1_024);
        using (var json = new Utf8JsonWriter(body, new() { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WritePropertyName("id"u8);
            if (id.ValueKind == JsonValueKind.Undefined) json.WriteNullValue();
            else id.WriteTo(json);
            json.WriteNumber("status"u8, status);
            write(json);
            json.WriteEndObject();
        }

        socket.Send(body.WrittenMemory);
    }
}
