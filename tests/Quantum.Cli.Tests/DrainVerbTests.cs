using System.Globalization;
using Quantum.Contracts.Catalog;

namespace Quantum.Cli.Tests;

/// <summary>
/// `./quantum drain`: the chosen go to the dead letters, the rest waits for the executor, a live executor is left
/// alone.
/// </summary>
public sealed class DrainVerbTests : IDisposable
{
    private static readonly string s_intents = StreamCatalog.TradeIntent.Key;
    private static readonly string s_letters = StreamCatalog.TradeIntent.DeadLetterKey;
    private static readonly string s_group = StreamCatalog.GroupOf(RoleNames.Executor, "trade.intent");
    private readonly SystemFixture _system = new();

    public DrainVerbTests()
    {
        _system.Ask("XGROUP", "CREATE", s_intents, s_group, "0", "MKSTREAM");
        for (var i = 0; i < 300; i++)
            _system.Add(s_intents, "symbol", i % 3 == 0 ? "NEARUSDT" : "BTCUSDT", "confidence", i % 2 == 0 ? "0.4"
                : "0.9");
    }

    public void Dispose() => _system.Dispose();

    [Fact]
    public void The_dry_run_counts_and_changes_nothing()
    {
        var run = _system.Run("drain", "--symbol", "nearusdt", "--json");
        Assert.Equal(0, run.ExitCode);
        var stream = run.Json.GetProperty("streams")[0];
        Assert.Equal((100, 200), (stream.GetProperty("chosen").GetInt64(), stream.GetProperty("kept").GetInt64()));
        Assert.Equal((0, 0), (_system.Number("XLEN", s_letters), Pending()));
    }

    [Fact]
    public void The_chosen_go_to_the_dead_letters_and_the_rest_waits_for_the_seat()
    {
        Assert.Equal(0, _system.Run("drain", "--symbol", "NEARUSDT", "--below-confidence", "0.5", "--yes").ExitCode);
        Assert.Equal(50, _system.Number("XLEN", s_letters));
        Assert.Equal(250, Pending());
        Assert.Equal(250, _system.Number(
            "EVAL", "return redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1000, 'seat')[250] and 250 or 0", "1",
            s_intents, s_group));
        Assert.Contains("drain", _system.Text("LINDEX", "quantum:cli:actions", "0"), StringComparison.Ordinal);
    }

    [Fact]
    public void Young_intents_stay()
    {
        _system.Run("drain", "--older-than", "3600", "--yes");
        Assert.Equal((0, 300), (_system.Number("XLEN", s_letters), Pending()));
    }

    [Fact]
    public void A_live_executor_is_left_alone()
    {
        _system.Ask("HSET", "quantum:lease:executor", "owner", "x", "until",
            DateTimeOffset.UtcNow.AddMinutes(1).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        Assert.Equal(1, _system.Run("drain", "--yes").ExitCode);
        Assert.Equal((0, 0), (_system.Number("XLEN", s_letters), Pending()));
    }

    private long Pending() => _system.Number(
        "EVAL", "return redis.call('XPENDING', KEYS[1], ARGV[1])[1]", "1", s_intents, s_group);
}
