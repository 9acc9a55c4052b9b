using Quantum.Contracts.Catalog;
using Quantum.EventLog;

namespace Quantum.Cli.Tests;

/// <summary>`trace` and `why`: what became of one thing, and why nothing became of a symbol.</summary>
public sealed class LookingVerbTests : IDisposable
{
    private readonly SystemFixture _system = new();

    public void Dispose() => _system.Dispose();

    [Theory]
    [InlineData("s1")]
    [InlineData("i1")]
    [InlineData("order-7")]
    [InlineData("trade-9")]
    public void A_trace_finds_the_whole_chain_from_any_of_its_ids(string id)
    {
        Chain();
        var run = _system.Run("trace", id, "--json");
        Assert.Equal(0, run.ExitCode);
        var steps = run.Json.GetProperty("steps").EnumerateArray().ToArray();
        Assert.Equal(
            ["ai.signal_generated", "trade.intent", "order.command", "execution.result", "trade.closed"],
            steps.Select(s => s.GetProperty("stream").GetString()));
        Assert.Equal("m-3", steps[0].GetProperty("facts").GetProperty("model_version").GetString());
        Assert.Equal("filled", steps[3].GetProperty("facts").GetProperty("outcome").GetString());
        Assert.All(steps, step => Assert.InRange(step.GetProperty("latencyMs").GetInt64(), 0, 60_000));
    }

    [Fact]
    public void A_trace_tells_its_id_and_while_a_dashboard_runs_its_page()
    {
        const string Id = "0af7651916cd43dd8448eb211c80319c";
        Chain();
        _system.Add(StreamCatalog.TradeClosed.Key, "event_id", "t2", "correlation_id", "s1", "traceparent",
            $"00-{Id}-b7ad6b7169203331-01");
        Assert.EndsWith($"trace {Id}\n", _system.Run("trace", "s1").Output, StringComparison.Ordinal);
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, ".quantum"));
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "dashboard"), "http://localhost:18888/login?t=abc\n");
            var seen = Assert.Single(_system.Run("trace", "s1", "--json").Json.GetProperty("traces").EnumerateArray());
            Assert.Equal(Id, seen.GetProperty("traceId").GetString());
            Assert.Equal(
                $"http://localhost:18888/login?t=abc&returnUrl=%2Ftraces%2Fdetail%2F{Id}",
                seen.GetProperty("dashboard").GetString());
            File.WriteAllText(Path.Combine(folder.FullName, "dashboard"), "http://localhost:18888");
            Assert.EndsWith(
                $"trace {Id} http://localhost:18888/traces/detail/{Id}\n", _system.Run("trace", "s1").Output,
                StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_trace_of_an_unknown_id_is_exit_code_1()
    {
        Chain();
        Assert.Equal(1, _system.Run("trace", "nothing").ExitCode);
    }

    [Fact]
    public void Why_names_gates_blocks_and_the_newest_signs()
    {
        _system.Ask("HSET", "quantum:counts:trading_bot",
            "no_intent/low_confidence/BTCUSDT", "12", "no_intent/cooldown/BTCUSDT", "3", "no_intent/cooldown/ETHUSDT",
                "5");
        _system.Ask("HSET", "quantum:reasons:trading_bot", "no_intent/BTCUSDT", "1766219478937 cooldown");
        _system.Ask("HSET", "quantum:reasons:trading_bot", "no_intent/low_confidence/BTCUSDT",
            "1766219478000 0.54, asked for: at least 0.55");
        _system.Ask("HSET", "quantum:state:trading_bot", "symbols/BTCUSDT", """{"cooldown_until_ms":99999999999999}""");
        _system.Add(StreamCatalog.PolicyUpdated.Key, "kill_switch", "true", "updated_by", "anna", "reason",
            "venue acts up");
        _system.Add(StreamCatalog.SignalGenerated.Key, "symbol", "BTCUSDT", "side", "buy");
        var run = _system.Run("why", "btcusdt", "--json");
        Assert.Equal(0, run.ExitCode);
        var gates = run.Json.GetProperty("gates").EnumerateArray().ToArray();
        Assert.Equal(["cooldown", "low_confidence"], gates.Select(g => g.GetProperty("reason").GetString()));
        Assert.Equal([3, 12], gates.Select(g => g.GetProperty("times").GetInt64()));
        Assert.Equal(["", "0.54, asked for: at least 0.55"], gates.Select(g => g.GetProperty("figures").GetString()));
        Assert.Equal(
            [1766219478937, 1766219478000], gates.Select(g => g.GetProperty("lastAtMs").GetInt64()));
        var blocks = string.Join("\n", run.Json.GetProperty("blocks").EnumerateArray().Select(b => b.GetString()));
        foreach (var part in (string[])
            ["kill switch is on, by anna", "cooldown until", "no live executor", "no live portfolio"])
            Assert.Contains(part, blocks, StringComparison.Ordinal);
        var text = _system.Run("why", "BTCUSDT").Output;
        Assert.Contains("BTCUSDT is blocked", text, StringComparison.Ordinal);
        Assert.Equal(1, _system.Run("why", "NOPEUSDT").ExitCode);
    }

    [Fact]
    public void Why_judges_a_cooldown_by_the_tapes_time()
    {
        using var system = new SystemFixture(time: SystemTime.Tape);
        system.Add(StreamCatalog.PolicyUpdated.Key, "kill_switch", "false", "risk_mode", "normal");
        system.Add(StreamCatalog.SignalGenerated.Key, "symbol", "BTCUSDT", "side", "buy");
        // Before the first step there is no time, and nothing to judge by it.
        Assert.Equal(0, system.Run("why", "BTCUSDT").ExitCode);
        system.Ask("HSET", "quantum:state:trading_bot", "symbols/BTCUSDT", """{"cooldown_until_ms":1700000001000}""");
        system.Ask("SET", FeedKeys.Position, "1700000000000");
        Assert.Contains("cooldown until", system.Run("why", "BTCUSDT").Output, StringComparison.Ordinal);
        system.Ask("SET", FeedKeys.Position, "1700000001000");
        Assert.DoesNotContain("cooldown until", system.Run("why", "BTCUSDT").Output, StringComparison.Ordinal);
    }

    private void Chain()
    {
        _system.Add(StreamCatalog.SignalGenerated.Key, "event_id", "s1", "ts", "1766219478000", "source", "ai_engine",
            "correlation_id", "s1", "symbol", "BTCUSDT", "model", "direction", "model_version", "m-3");
        _system.Add(StreamCatalog.TradeIntent.Key, "event_id", "i1", "ts", "1766219478001", "correlation_id", "s1",
            "causation_id", "s1", "symbol", "BTCUSDT", "signal_id", "s1");
        _system.Add(StreamCatalog.OrderCommand.Key, "event_id", "c1", "ts", "1766219478002", "correlation_id", "s1",
            "intent_id", "i1", "client_order_id", "order-7");
        _system.Add(StreamCatalog.ExecutionResult.Key, "event_id", "r1", "ts", "1766219478003", "correlation_id", "s1",
            "intent_id", "i1", "outcome", "filled", "client_order_id", "order-7");
        _system.Add(StreamCatalog.TradeClosed.Key, "event_id", "t1", "ts", "1766219478009", "correlation_id", "clock",
            "trade_id", "trade-9", "intent_id", "i1");
        _system.Add(StreamCatalog.TradeIntent.Key, "event_id", "i2", "ts", "1766219478001", "correlation_id", "s2");
    }
}
