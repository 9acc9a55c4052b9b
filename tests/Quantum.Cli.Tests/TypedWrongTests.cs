namespace Quantum.Cli.Tests;

/// <summary>What is typed wrongly is told before anything is connected, by the name that it was typed under.</summary>
public sealed class TypedWrongTests
{
    private const string Nowhere = "127.0.0.1:1";

    [Theory]
    [InlineData("stop-move BTCUSDT high --reason x", "the price is 'high'")]
    [InlineData("stop-move BTC/USDT 5 --reason x", "'BTC/USDT' is no symbol")]
    [InlineData("close BTC/USDT --reason x", "'BTC/USDT' is no symbol")]
    [InlineData("adopt BTC/USDT --reason x", "'BTC/USDT' is no symbol")]
    [InlineData("why BTC/USDT", "'BTC/USDT' is no symbol")]
    [InlineData("drain --symbol BTC/USDT", "'BTC/USDT' is no symbol")]
    [InlineData("dlq list nothing", "'nothing' is no stream")]
    [InlineData("dlq show nothing 1-0", "'nothing' is no stream")]
    [InlineData("dlq redrive nothing --all", "'nothing' is no stream")]
    [InlineData("dlq redrive trade.intent", "name one letter by its id")]
    [InlineData("dlq drop trade.intent 1-0 --all", "name one letter by its id")]
    [InlineData("audit --fix --groups-at 5", "--groups-at is '5'")]
    [InlineData("kill off --reason NOTHING", "--reason is empty: kill_off says why")]
    [InlineData("policy reset --reason x --by NOTHING", "--by is empty: reset says who")]
    public void It_is_told_though_no_Redis_is_there(string typed, string words)
    {
        var run = CliRun.Of(
            [.. typed.Split(' ').Select(word => word == "NOTHING" ? "" : word), "--redis", Nowhere]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(words, Assert.Single(run.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void A_Redis_that_is_not_there_is_told_as_it_was_typed()
    {
        var run = CliRun.Of("positions", "--redis", Nowhere);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"No connection to Redis at {Nowhere}:", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--redis cannot be read. Part 1 of the Redis connection string", "--redis", "localhost:port")]
    [InlineData("ConnectionStrings__redis cannot be read. Option 'pasword'")]
    public void A_connection_string_is_named_by_where_it_was_given(string words, params string[] options)
    {
        var run = CliRun.With(
            new() { ["ConnectionStrings__redis"] = "localhost:6379,pasword=x" }, ["positions", .. options]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(words, Assert.Single(run.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }
}
