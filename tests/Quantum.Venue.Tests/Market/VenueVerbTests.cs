using System.Diagnostics;
using System.Text.Json;
using Quantum.Feeds.Tests;
using Quantum.Testing;

namespace Quantum.Venue.Tests.Market;

/// <summary><c>./quantum venue</c>: the built service as a process, without Redis.</summary>
public sealed class VenueVerbTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);
    private readonly TapeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_tells_where_it_listens_and_ends_with_its_process()
    {
        _folder.Write("BTCUSDT.csv", TapeFolder.Minutes(30));
        using var verb = Start("--data", _folder.Path, "--port", "0", "--balance", "2500", "--speed", "60", "--json");
        var text = "";
        while (!text.TrimEnd().EndsWith('}'))
            text += await verb.StandardOutput.ReadLineAsync().WaitAsync(s_limit) + "\n";
        var told = JsonDocument.Parse(text).RootElement;
        using var http = new HttpClient { BaseAddress = new Uri(told.GetProperty("rest").GetString()!) };
        var candles = JsonDocument.Parse(await http.GetStringAsync(
            new Uri("/fapi/v1/klines?symbol=BTCUSDT&interval=1m", UriKind.Relative))).RootElement;
        // The half of the recording is history when the doors open.
        Assert.True(candles.GetArrayLength() >= 15, $"{candles.GetArrayLength()} candles");
        Assert.Equal(TapeFolder.StartMs, candles[0][0].GetInt64());
        Assert.Equal($"ws://{http.BaseAddress.Authority}/market", told.GetProperty("market").GetString());
        Assert.True(told.GetProperty("key").GetString()!.Length >= 32);
        Assert.True(told.GetProperty("secret").GetString()!.Length >= 32);
        // As Ctrl+C.
        using var signal = Process.Start("kill", ["-INT", $"{verb.Id}"]);
        Assert.True(verb.WaitForExit(s_limit));
        Assert.Equal(130, verb.ExitCode);
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/fapi/v1/ping", UriKind.Relative));
                return false;
            }
            catch (HttpRequestException)
            {
                return true;
            }
        });
    }

    [Theory]
    [InlineData("--data is '/no/such/folder'", "--data", "/no/such/folder")]
    [InlineData("--speed (Feed:Speed) is 'fast'", "--speed", "fast")]
    [InlineData("has no PEPEUSDT", "--symbols", "PEPEUSDT")]
    public async Task What_keeps_it_from_starting_is_one_line(string line, params string[] arguments)
    {
        using var verb = Start(["--port", "0", .. arguments]);
        var errors = await verb.StandardError.ReadToEndAsync().WaitAsync(s_limit);
        Assert.True(verb.WaitForExit(s_limit));
        Assert.Equal(2, verb.ExitCode);
        Assert.Contains(line, errors);
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "quantum.dll"), "venue", .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Remove("ConnectionStrings__redis");
        return Process.Start(start)!;
    }
}
