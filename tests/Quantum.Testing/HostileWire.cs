using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Quantum.Testing;

/// <summary>
/// Throws at a port what no client of it would say: requests that are none, broken frames of sockets, other protocols.
/// Everything follows from the seed; each thing has a connection of its own and an end.
/// </summary>
public sealed class HostileWire(int port, int seed)
{
    private const int ConnectMs = 10_000;
    private const int QuietMs = 150;

    // A handshake is answered, sooner or later.
    private const int AnswerMs = 5_000;
    private const int MostRead = 1 << 16;
    private const int StatusEnds = 12;

    private readonly Random _random = new(seed);

    /// <summary>Where requests go; the first is asked most.</summary>
    public IReadOnlyList<string> Paths { get; init; } = ["/"];

    /// <summary>Headers that every well-formed request has, such as a key; each ends with CR and LF.</summary>
    public string Headers { get; init; } = "";

    /// <summary>Where a socket is opened, asked anew for each; null for none.</summary>
    public Func<Task<string>>? SocketPath { get; init; }

    /// <summary>
    /// What a client of the socket says first: said in half of them, so that what follows is not all taken for a
    /// greeting; null for none.
    /// </summary>
    public string? Greeting { get; init; }

    /// <summary>How many sockets were opened: frames that were thrown at one.</summary>
    public int Sockets { get; private set; }

    /// <summary>Answers that say that something broke inside, each with what was said.</summary>
    public List<string> Broken { get; } = [];

    /// <summary>The statuses that HTTP was answered with.</summary>
    public HashSet<int> Statuses { get; } = [];

    /// <summary>How many answers there were at all.</summary>
    public int Answers { get; private set; }

    /// <summary>Says so many things.</summary>
    /// <param name="count">How many.</param>
    /// <param name="stillAnswers">Asked between: throws when the service no longer answers as it should.</param>
    public async Task ThrowAsync(int count, Func<Task> stillAnswers)
    {
        ArgumentNullException.ThrowIfNull(stillAnswers);
        const int Between = 40;
        for (var i = 0; i < count; i++)
        {
            if (SocketPath is not null && i % 2 == 0)
                await SayAsync(Handshake(await SocketPath()), [.. Greeted(i), .. Frames()]);
            else await SayAsync(Request(), []);
            if (i % Between == Between - 1) await stillAnswers();
        }

        await stillAnswers();
    }

    private async Task SayAsync(byte[] first, byte[] then)
    {
        using var client = new TcpClient { NoDelay = true };
        using var limit = new CancellationTokenSource(ConnectMs);
        await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
        // It is asked for once: a client that was hung up on gives none.
        var stream = client.GetStream();
        var answer = new StringBuilder();
        var endsItself = _random.Next(2) == 0;
        try
        {
            await stream.WriteAsync(first, limit.Token);
            await ReadAsync(client, stream, answer, then.Length > 0 ? AnswerMs : QuietMs, limit.Token);
            if (then.Length > 0) await stream.WriteAsync(then, limit.Token);
            if (endsItself) client.Client.Shutdown(SocketShutdown.Send);
            await ReadAsync(client, stream, answer, QuietMs, limit.Token);
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            // It hung up, which is a good answer.
        }

        var text = answer.ToString();
        if (text.Length > 0) Answers++;
        if (text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && text.Length > StatusEnds
            && int.TryParse(text.AsSpan(StatusEnds - 3, 3), CultureInfo.InvariantCulture, out var status))
        {
            Statuses.Add(status);
            if (then.Length > 0 && status == (int)HttpStatusCode.SwitchingProtocols) Sockets++;
        }

        if (text.StartsWith("HTTP/1.1 500", StringComparison.Ordinal))
            Broken.Add($"{text.Split('\r')[0]} to: {Shown(first)}");
    }

    private static async Task ReadAsync(
        TcpClient client, NetworkStream stream, StringBuilder answer, int quietMs, CancellationToken cancel)
    {
        var buffer = new byte[8192];
        while (answer.Length < MostRead)
        {
            // Nothing for a while: it waits for more, or has said all.
            if (!client.Client.Poll(quietMs * 1000, SelectMode.SelectRead)) return;
            var read = await stream.ReadAsync(buffer, cancel);
            if (read == 0) return;
            answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
            if (client.Available == 0) return;
        }
    }

    private byte[] Request()
    {
        var path = _random.Next(2) == 0 ? Paths[0] : Pick(Paths);
        var body = Body();
        return _random.Next(18) switch
        {
            0 => Bytes(_random.Next(1, 4_000)),
            1 => Text($"GET {path}\r\n\r\n"),
            2 => Text($"GET {path} HTTP/1.1\r\n\r\n"),
            3 => Text($"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{Headers}Content-Length: 99999999999\r\n\r\n{{"),
            4 => Text($"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{Headers}Content-Length: -1\r\n\r\n{{}}"),
            5 => Text($"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{Headers}Transfer-Encoding: chunked\r\n\r\n"
                + "ffffffffffffffff\r\n{}\r\n"),
            6 => Text($"GET {path}?{new string('a', 70_000)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"),
            7 => Text($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX: {new string('b', 70_000)}\r\n\r\n"),
            8 => Text($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + string.Concat(Enumerable.Repeat("X: y\r\n", 3_000)) + "\r\n"),
            9 => Text($"GET {path}/%00%ff%c0%80/..%2f..%2fetc/passwd?a=%zz&symbol=%ff&limit=1e99 HTTP/1.1\r\n"
                + $"Host: 127.0.0.1\r\n{Headers}\r\n"),
            10 => Text("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + new string('\u0001', 40)),
            11 => [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03, .. Bytes(200)],
            12 => Text($"{new string('M', 300)} {path} HTTP/9.9\r\nHost: a\r\nHost: b\r\n\r\n"),
            13 => Text($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {new string(';', 500)}\r\n"
                + "Authorization: Bearer \u00ff\r\nOrigin: null\r\nRange: bytes=9-1\r\n\r\n"),
            14 => Text($"GET {path}?symbol={Value()}&limit={Value()}&startTime={Value()}&count={Value()} HTTP/1.1\r\n"
                + $"Host: 127.0.0.1\r\n{Headers}\r\n"),
            _ => [.. Text($"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{Headers}Content-Type: application/json\r\n"
                + string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n")), .. body],
        };
    }

    private byte[] Body() => _random.Next(10) switch
    {
        0 => Text(new string('[', 5_000)),
        1 => Text(string.Concat(Enumerable.Repeat("{\"a\":", 5_000))),
        2 => [.. "{\"reason\":\""u8, 0xff, 0xfe, 0xc0, .. "\",\"by\":\"x\"}"u8],
        3 => Text("{\"reason\":\"" + new string('r', 300_000) + "\",\"by\":\"x\"}"),
        4 => Text("null"),
        5 => [],
        6 => Bytes(_random.Next(1, 2_000)),
        7 => Text($"{{\"reason\":{Value()},\"by\":{Value()},\"symbol\":{Value()},\"stopPrice\":{Value()}}}"),
        8 => Text($"{{\"reason\":\"r\",\"by\":\"b\",\"mode\":{Value()},\"symbol\":\"BTCUSDT\",\"stopPrice\":{Value()},"
            + $"\"positionId\":{Value()}}}"),
        _ => Text("{\"reason\":\"a\",\"reason\":\"b\",\"by\":\"\\ud800\",\"x\":{}}"),
    };

    private string Value() => Pick<string>(
    [
        "null", "-1", "1e999", "1e308", "NaN", "\"\"", "[]", "{}", "true", "\"\\u0000\"",
        "79228162514264337593543950336",
        "\"币安\"", "9223372036854775808", "0.0000000000000000000000000000001", "\"'\"", "2147483648", "\"\\ud800\"",
    ]);

    private byte[] Greeted(int number) =>
        Greeting is null || number % 4 == 0 ? [] : Frame(0x81, Text(Greeting));

    private byte[] Handshake(string path) => Text(
        $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{Headers}Connection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

    private byte[] Frames() => _random.Next(14) switch
    {
        0 => Bytes(_random.Next(1, 500)),
        1 => Frame(0x81, Text("{}"), isMasked: false),
        2 => Frame(0x83, Text("reserved opcode")),
        3 => Frame(0xf1, Text("reserved bits")),
        4 => [0x82, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4],
        5 => Frame(0x80, Text("continues nothing")),
        6 => Frame(0x89, Bytes(300)),
        7 => Frame(0x81, [0xff, 0xfe, 0xc0]),
        8 => Frame(0x88, [0x03]),
        9 => Frame(0x88, [0x00, 0x01, 0xff]),
        10 => Frame(0x81, Body()),
        11 => Frame(0x01, Text("half a message")),
        12 => Frame(0x81, Text(
            $"{{\"method\":{Value()},\"params\":[{Value()},{Value()}],\"id\":{Value()}}}")),
        _ => Frame(0x81, Text($"{{\"method\":\"SUBSCRIBE\",\"params\":{Value()},\"id\":{Value()}}}")),
    };

    private byte[] Frame(byte head, byte[] payload, bool isMasked = true)
    {
        var mask = Bytes(4);
        byte[] length = payload.Length switch
        {
            < 126 => [(byte)payload.Length],
            <= ushort.MaxValue => [126, (byte)(payload.Length >> 8), (byte)payload.Length],
            _ => [127, 0, 0, 0, 0, (byte)(payload.Length >> 24), (byte)(payload.Length >> 16),
                (byte)(payload.Length >> 8), (byte)payload.Length],
        };
        if (!isMasked) return [head, .. length, .. payload];
        length[0] |= 0x80;
        return [head, .. length, .. mask, .. payload.Select((b, i) => (byte)(b ^ mask[i % 4]))];
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);

    private static string Shown(byte[] said)
    {
        const int Longest = 400;
        return Encoding.Latin1.GetString(said, 0, Math.Min(said.Length, Longest)).ReplaceLineEndings(" | ");
    }
}
