using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Quantum.Looking;
using Quantum.Resp;

namespace Quantum.Console.Tests.Harness;

/// <summary>Every service of the system on a generated market, the console and a browser: started once.</summary>
public sealed class LiveSystem : IAsyncLifetime
{
    /// <summary>What the tests trade.</summary>
    public const string Symbol = "NEARUSDT";

    private const int WishedEach = 8;

    private static readonly TimeSpan s_wholeLimit = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan s_every = TimeSpan.FromMilliseconds(250);
    private readonly Dictionary<string, ServiceRun> _services = new(StringComparer.Ordinal);
    private RedisServer? _redis;
    private string _key = "";

    /// <summary>Null where this machine has no browser: the tests are skipped then.</summary>
    internal Browser? Browser { get; private set; }

    /// <summary>Where the console keeps results.</summary>
    internal string Kept { get; private set; } = "";

    internal ServiceRun Console { get; private set; } = null!;

    /// <summary>The file of the console's keys.</summary>
    internal string KeysPath { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (Browser.Path is null) return;
        _redis = RedisServer.Start();
        KeysPath = Path.Combine(_redis.Folder, "api-keys.json");
        _key = ApiKeyFile.Add(KeysPath, "tests", "operator", 1);
        var (days, months) = (Path.Combine(_redis.Folder, "days"), Path.Combine(_redis.Folder, "months"));
        Recording.Write(days, Symbol, 3);
        Recording.Write(months, Symbol, 365);
        Kept = Path.Combine(_redis.Folder, "results");
        Console = Begin("console", "Backtests:Folders:0:Name=days", $"Backtests:Folders:0:Path={days}",
            "Backtests:Folders:1:Name=months", $"Backtests:Folders:1:Path={months}", $"Results:Folder={Kept}",
            "Backtests:Keep=3", "Backtests:Nice=0", $"Access:KeysPath={KeysPath}");
        var grpc = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{RedisServer.FreePort()}");
        Begin("sizing", $"Kestrel:Endpoints:grpc:Url={grpc}", "Kestrel:Endpoints:grpc:Protocols=Http2");
        Begin("trading-bot", $"SIZING_GRPC={grpc}");
        Begin("market", $"Feed:Symbols={Symbol},BTCUSDT", "Feed:HistoryCandles=300");
        foreach (var name in (string[])["governance", "executor", "exitbrain", "portfolio", "ai"]) Begin(name);
        Begin("learning", $"Journal:Path={Path.Combine(_redis.Folder, "journal.db")}");
        Browser = await Browser.StartAsync();
        foreach (var run in _services.Values) await run.AnswersAsync();
        await Eventually.TrueAsync(async () =>
            (await Console.AskJsonAsync("overview")).GetRawText()
            .Contains("\"alive\":true", StringComparison.Ordinal), s_wholeLimit, "every role runs", s_every);
        await PositionAsync();
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null) await Browser.DisposeAsync();
        foreach (var run in _services.Values) run.Dispose();
        _redis?.Dispose();
    }

    /// <summary>Ends a service like `kill -9`.</summary>
    internal void Kill(string name) => _services[name].Dispose();

    /// <summary>Starts a service again.</summary>
    internal Task StartAgainAsync(string name)
    {
        Begin(name);
        return _services[name].AnswersAsync();
    }

    /// <summary>Wishes an entry as the trading bot does: the executor takes it, or says why not.</summary>
    /// <returns>The intent's id.</returns>
    internal string WishEntry(string symbol = Symbol)
    {
        var nowMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var (id, now) = ($"wish-{Guid.NewGuid():N}", nowMs.ToString(CultureInfo.InvariantCulture));
        var deadline = (nowMs + 20_000).ToString(CultureInfo.InvariantCulture);
        Call("XADD", "quantum:stream:trade.intent", "*", "event_id", id, "ts", now, "source", "trading_bot", "mode",
            "paper", "v", "1", "correlation_id", id, "causation_id", id, "traceparent", "", "symbol", symbol, "side",
            "BUY", "confidence", "0.72", "position_size_usd", "200", "leverage", "1", "atr_value", "0.02",
            "volatility_factor", "0.55", "exchange_divergence", "0", "funding_rate", "0", "regime", "unknown",
            "reduce_only", "false", "quantity", "", "entry_price", "", "stop_loss", "", "take_profit", "",
            "deadline_ms", deadline, "position_id", "", "signal_id", id + "-s", "model", "m", "model_version", "1",
            "policy_version", "1", "reason", "signal", "expected_r", "0.1", "exploration", "false");
        return id;
    }

    /// <summary>
    /// The open position of a symbol with its resting stop. It is wished for until there is one: a wish is denied
    /// without a fresh price, and a position that was there may have been closed by its stop.
    /// </summary>
    internal async Task<JsonElement> PositionAsync(string symbol = Symbol)
    {
        var (found, asked) = (default(JsonElement), 0);
        await Eventually.TrueAsync(async () =>
        {
            var positions = await Console.AskJsonAsync("positions");
            found = positions.EnumerateArray().FirstOrDefault(one => one.GetProperty("symbol").GetString() == symbol
                && one.GetProperty("stopPrice").ValueKind == JsonValueKind.Number);
            if (found.ValueKind == JsonValueKind.Undefined && asked++ % WishedEach == 0) WishEntry(symbol);
            return found.ValueKind != JsonValueKind.Undefined;
        }, s_wholeLimit, $"a position of {symbol} with its stop", s_every);
        return found;
    }

    /// <summary>Says an operator's word and asks until it has ended: the API itself waits for 8 s at most.</summary>
    internal async Task<JsonElement> SayAsync(string action, object body, Func<JsonElement, bool> hasEnded)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/actions/" + action)
        {
            Content = JsonContent.Create(body),
        };
        request.Headers.Add("X-Api-Key", _key);
        using var answer = await Console.Http.SendAsync(request);
        var word = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, word.GetRawText());
        var path = "words/" + word.GetProperty("eventId").GetString();
        await Eventually.TrueAsync(
            async () => hasEnded(word) || hasEnded(word = await Console.AskJsonAsync(path)), s_wholeLimit,
            $"the end of {action}", s_every);
        return word;
    }

    /// <summary>Allows entries again, and returns once the executor does: whatever a test has left behind.</summary>
    internal Task ReleaseAsync() => SayAsync("release", new { reason = "after a test" }, word =>
        word.GetProperty("executorRefusesEntries").ValueKind == JsonValueKind.False);

    internal RespReader Call(params string[] command)
    {
        using var connection = RespConnection.Connect(RespEndpoint.Parse(_redis!.ConnectionString));
        var reply = connection.Call(command);
        reply.ThrowIfError();
        return reply;
    }

    private ServiceRun Begin(string name, params string[] settings) => _services[name] =
        ServiceRun.Begin(name, [$"ConnectionStrings:redis={_redis!.ConnectionString}", .. settings]);
}
