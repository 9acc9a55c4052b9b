using System.Globalization;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Quantum.Feeds;
using Quantum.Feeds.Tests;
using Quantum.Testing;

namespace Quantum.Venue.Tests.Market;

/// <summary>
/// What was captured at the exchange comes through the venue as it was: nothing lost, nothing reordered.
/// </summary>
public sealed class CaptureTests : IDisposable
{
    private const int BookTickers = 66_089;
    private const int Trades = 21_313;
    private readonly TapeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_made_up_capture_comes_through_at_twenty_times_real_time()
    {
        var chance = new Random(5);
        var path = _folder.Write("capture.gz", [.. Enumerable.Range(0, 20_000).Select(i => Line(i, chance))]);
        await HoldsAsync(path, 20_000);
    }

    [Fact]
    public async Task A_capture_of_the_exchange_comes_through_at_twenty_times_real_time()
    {
        if (SharedFiles.Find("data", "capture", "btcusdt_20240808.gz") is not { } path) return;
        await HoldsAsync(path, BookTickers + Trades);
    }

    [Fact]
    public async Task One_who_does_not_read_is_cut_off_and_the_others_hear_everything()
    {
        const int Count = 60_000;
        var chance = new Random(6);
        var path = _folder.Write("capture.gz", [.. Enumerable.Range(0, Count).Select(i => Line(i, chance))]);
        await using var venue = await VenueRun.StartAsync(
            new FeedSettings { Kind = FeedKind.Recorded, Path = path, Speed = 5 });
        using var silent = new TcpClient { ReceiveBufferSize = 4_096 };
        await silent.ConnectAsync(venue.Address.Host, venue.Address.Port);
        await silent.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            "GET /public/ws/btcusdt@bookTicker/btcusdt@trade HTTP/1.1\r\nHost: venue\r\nConnection: Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        Assert.True(await silent.GetStream().ReadAsync(new byte[1]) > 0);
        await using var reader = await venue.ConnectAsync("/public/ws/btcusdt@bookTicker/btcusdt@trade");
        venue.Market.Play();
        for (var i = 0; i < Count; i++)
            Assert.True(await reader.NextAsync() is not null, $"the reader was cut off after {i} frames");
        var (bytes, buffer) = (0L, new byte[1 << 16]);
        while (await ReadAsync(silent, buffer) is > 0 and var read) bytes += read;
        Assert.True(bytes < Count * 100, $"{bytes} bytes came before the end: nobody was cut off");
    }

    // 0 at the end, whether it was said or not.
    private static async Task<int> ReadAsync(TcpClient client, byte[] buffer)
    {
        try
        {
            return await client.GetStream().ReadAsync(buffer).AsTask().WaitAsync(Eventually.Deadline);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static async Task HoldsAsync(string path, int count)
    {
        var expected = Lines(path).Select(Expected).OfType<string>().ToList();
        Assert.Equal(count, expected.Count);
        await using var venue = await VenueRun.StartAsync(
            new FeedSettings { Kind = FeedKind.Recorded, Path = path, Speed = 20 });
        await using var client = await venue.ConnectAsync("/public/stream");
        await client.SubscribeAsync("btcusdt@bookTicker", "btcusdt@trade");
        var updateId = 0L;
        venue.Market.Play();
        for (var i = 0; i < expected.Count; i++)
        {
            var frame = await client.NextAsync();
            Assert.True(frame is not null, $"the socket ended after {i} of {expected.Count} frames");
            var data = frame.Value.GetProperty("data");
            Assert.Equal(expected[i], Told(data));
            if (!data.TryGetProperty("u", out var id)) continue;
            Assert.True(id.GetInt64() > updateId, "update ids rise");
            updateId = id.GetInt64();
        }

        await venue.Market.Ended.WaitAsync(Eventually.Deadline);
        Assert.Empty(client.Rest());
    }

    private static string Told(JsonElement data) => data.GetProperty("e").GetString() == "trade"
        ? $"trade {Number(data, "p")} {Number(data, "q")} {data.GetProperty("m").GetBoolean()}"
        : $"book {Number(data, "b")} {Number(data, "B")} {Number(data, "a")} {Number(data, "A")}";

    // Without trailing zeros, which are written by other rules here.
    private static string Number(JsonElement data, string name) =>
        decimal.Parse(data.GetProperty(name).GetString()!, CultureInfo.InvariantCulture)
            .ToString("0.########", CultureInfo.InvariantCulture);

    private static string? Expected(string line)
    {
        using var frame = JsonDocument.Parse(line[(line.IndexOf(' ') + 1)..]);
        var data = frame.RootElement.TryGetProperty("data", out var inner) ? inner : frame.RootElement;
        return data.TryGetProperty("e", out var kind) && kind.GetString() is "bookTicker" or "trade"
            ? Told(data)
            : null;
    }

    private static IEnumerable<string> Lines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line) yield return line;
    }

    // Bursts of up to 100 frames in one ms, and pauses.
    private static string Line(int number, Random chance)
    {
        var atMs = 1_723_161_256_000 + number / 100 * 50;
        var price = 61_800 + chance.Next(200) / 10m;
        var text = number % 4 == 3
            ? $"\"e\":\"trade\",\"E\":{atMs},\"T\":{atMs},\"s\":\"BTCUSDT\",\"t\":{number},\"p\":\"{price}\","
                + $"\"q\":\"0.{chance.Next(100, 999)}\",\"X\":\"MARKET\",\"m\":{(number % 8 == 3 ? "true" : "false")}"
            : $"\"e\":\"bookTicker\",\"u\":{number},\"s\":\"BTCUSDT\",\"b\":\"{price}\","
                + $"\"B\":\"{chance.Next(1, 9)}.5\",\"a\":\"{price + 0.1m}\",\"A\":\"0.{chance.Next(100, 999)}\","
                + $"\"T\":{atMs},\"E\":{atMs}";
        return string.Create(CultureInfo.InvariantCulture, $"{atMs}{number % 100:000000} {{\"data\":{{{text}}}}}");
    }
}
