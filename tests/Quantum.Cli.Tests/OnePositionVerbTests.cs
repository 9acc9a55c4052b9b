using System.Text.Json;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog;
using Quantum.EventLog.Runner;
using Quantum.Looking;
using Quantum.Resp;
using Quantum.Roles.Executor;
using Quantum.Roles.Executor.State;
using Quantum.Roles.Positions;
using Quantum.Roles.Symbols;

namespace Quantum.Cli.Tests;

/// <summary>`./quantum close` and `./quantum stop-move`: shown first, then told by the executor.</summary>
public sealed class OnePositionVerbTests : IDisposable
{
    private readonly SystemFixture _system = new();

    public void Dispose() => _system.Dispose();

    [Theory]
    [InlineData("close BTCUSDT", "--yes closes it at the market")]
    [InlineData("stop-move BTCUSDT 99.5", "--yes moves it to 99.5")]
    public void Without_yes_it_shows_the_position_and_says_nothing(string verb, string words)
    {
        Hold();
        var run = Run(verb);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("2 at 100, its stop at 95", run.Output, StringComparison.Ordinal);
        Assert.Contains(words, run.Output, StringComparison.Ordinal);
        Assert.Equal(0, _system.Number("EXISTS", StreamCatalog.GovernanceControl.Key));
    }

    [Theory]
    [InlineData("close BTCUSDT")]
    [InlineData("stop-move BTCUSDT 99.5")]
    public void The_executors_refusal_is_told_and_is_exit_code_1(string verb)
    {
        using var host = new LogHost(
            _system.Server.ConnectionString,
            new LogHostSettings { Runner = new RunnerSettings { Mode = TradingMode.Sim } });
        host.Add(() => new ExecutorRole(ExecutorSettings.For(TradingMode.Sim, isTape: false, new SymbolFilterBook())));
        host.Start();
        var run = Run(verb, "--yes", "--timeout", "30", "--json");
        Assert.Equal(1, run.ExitCode);
        var outcome = run.Json.GetProperty("outcome");
        // A word before the executor's first clock is of an age that it does not know.
        Assert.Contains(outcome.GetProperty("reasonCode").GetString(), (string[])["no_position", "no_clock"]);
        Assert.False(outcome.GetProperty("isDone").GetBoolean());
    }

    [Fact]
    public void An_answer_within_the_very_millisecond_of_the_word_is_found()
    {
        _system.Ask("XADD", StreamCatalog.GovernanceControl.Key, "5000-0", "event_id", "w", "command", "close");
        _system.Ask(
            "XADD", StreamCatalog.ExecutionResult.Key, "5000-0", "intent_id", "w", "outcome", "denied", "reason_code",
            "no_position");
        using var look = new SystemRedis(RespEndpoint.Parse(_system.Server.ConnectionString));
        var (word, _) = OperatorWord.Find(look, "w")!.Value;
        Assert.Equal("no_position", WordOutcome.Of(look, word)?.ReasonCode);
    }

    [Fact]
    public void Without_an_executor_the_word_is_recorded_and_said_to_be_unanswered()
    {
        Hold();
        var run = Run("close BTCUSDT", "--yes", "--timeout", "0.3");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("the executor has not answered", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, _system.Number("XLEN", StreamCatalog.GovernanceControl.Key));
    }

    [Theory]
    [InlineData("close BTC/USDT", "'BTC/USDT' is no symbol")]
    [InlineData("stop-move BTCUSDT high", "the price is 'high'")]
    [InlineData("stop-move BTCUSDT 0", "the price is '0'")]
    public void What_does_not_do_is_one_line_and_says_nothing(string verb, string words)
    {
        var run = Run(verb, "--yes");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(words, run.Errors, StringComparison.Ordinal);
        Assert.Equal(0, _system.Number("EXISTS", StreamCatalog.GovernanceControl.Key));
    }

    private CliRun Run(string verb, params string[] more) =>
        _system.Run([.. verb.Split(' '), "--reason", "a test", .. more]);

    private void Hold() => _system.Ask(
        "HSET", new LogKeys().State(new RoleSeat(RoleNames.Executor, 0)), "symbol/BTCUSDT",
        JsonSerializer.Serialize(
            new SymbolState
            {
                Symbol = Symbol.Parse("BTCUSDT"),
                Position = new PositionRecord
                {
                    Id = "p", IntentId = "i", CorrelationId = "c", Net = NetPosition.At(2m, 100m), StopPrice = 95m,
                },
            },
            WireJson.StateOptions));
}
