using System.Globalization;
using Quantum.Resp;

namespace Quantum.Console.Tests.Harness;

/// <summary>Every service of the system on a generated market, the console and a browser: started once.</summary>
public sealed class LiveSystem : IAsyncLifetime
{
    /// <summary>What the tests trade.</summary>
    public const string Symbol = "NEARUSDT";

    private static readonly TimeSpan s_wholeLimit = TimeSpan.FromSeconds(60);
    private readonly Dictionary<string, ServiceRun> _services = new(StringComparer.Ordinal);
    private RedisServer? _redis;

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
            .Contains("\"alive\":true", StringComparison.Ordinal), s_wholeLimit, "every role runs");
        WishEntry();
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
