using System.Text.Json;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog;
using Quantum.EventLog.Runner;
using Quantum.Roles.Executor.State;
using Quantum.Roles.Governance;
using Quantum.Roles.Positions;

namespace Quantum.Cli.Tests;

/// <summary>`./quantum flatten` against the real governance role; the executor's book is written by hand.</summary>
public sealed class FlattenVerbTests : IDisposable
{
    private readonly SystemFixture _system = new();
    private readonly LogHost _host;

    public FlattenVerbTests()
    {
        _host = new LogHost(
            _system.Server.ConnectionString,
            new LogHostSettings { Runner = new RunnerSettings { Mode = TradingMode.Sim } });
        _host.Add(() => new GovernanceRole());
    }

    public void Dispose()
    {
        _host.Dispose();
        _system.Dispose();
    }

    [Fact]
    public void Without_yes_it_shows_what_would_be_closed_and_says_nothing()
    {
        Hold("BTCUSDT", 2m);
        Hold("ETHUSDT", -3.5m);
        var run = _system.Run("flatten", "--reason", "weekend");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("ETHUSDT  -3.5", run.Output, StringComparison.Ordinal);
        Assert.Contains("--yes turns the kill switch on and closes 2 positions", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, _system.Number("EXISTS", StreamCatalog.GovernanceControl.Key));
    }

    [Fact]
    public void Flat_is_exit_code_0_and_kill_off_ends_it()
    {
        _host.Start();
        var run = _system.Run(
            "flatten", "--reason", "weekend", "--by", "anna", "--yes", "--timeout", "30", "--json");
        Assert.Equal(0, run.ExitCode);
        var policy = run.Json.GetProperty("policy");
        Assert.Equal(
            (true, "anna", "weekend"),
            (policy.GetProperty("killSwitch").GetBoolean(), policy.GetProperty("updatedBy").GetString(),
                policy.GetProperty("reason").GetString()));
        Assert.Equal(JsonValueKind.Number, policy.GetProperty("flattenSinceMs").ValueKind);
        Assert.Contains("flattening", _system.Run("kill", "status").Output, StringComparison.Ordinal);
        Assert.Contains(
            "every position is closed", _system.Run("why", "BTCUSDT").Output, StringComparison.Ordinal);
        var off = _system.Run("kill", "off", "--reason", "monday", "--timeout", "30", "--json");
        Assert.Equal(JsonValueKind.Null, off.Json.GetProperty("policy").GetProperty("flattenSinceMs").ValueKind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_open_or_still_opens_is_told_and_is_exit_code_1(bool isOpen)
    {
        _host.Start();
        if (isOpen) Hold("BTCUSDT", 2m);
        else Hold("BTCUSDT", 0m);
        var run = _system.Run("flatten", "--reason", "weekend", "--yes", "--timeout", "2");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(isOpen ? "BTCUSDT  2" : "entries under way: BTCUSDT", run.Output, StringComparison.Ordinal);
        Assert.Contains("Not flat yet", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_governance_the_word_is_recorded_and_said_to_be_unanswered()
    {
        var run = _system.Run("flatten", "--reason", "weekend", "--yes", "--timeout", "0.3");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("governance has not answered", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, _system.Number("XLEN", StreamCatalog.GovernanceControl.Key));
    }

    private void Hold(string symbol, decimal quantity)
    {
        var state = new SymbolState { Symbol = Symbol.Parse(symbol) };
        if (quantity != 0m)
        {
            state.Position = new PositionRecord
            {
                Id = "p", IntentId = "i", CorrelationId = "c",
                Net = NetPosition.At(quantity, 100m),
            };
        }
        else
        {
            state.WaitingEntry = new IntentRecord
            {
                Id = "i", CorrelationId = "c", AtMs = 1, DeadlineMs = 2, Mode = TradingMode.Sim,
                Intent = new TradeIntent
                {
                    Symbol = Symbol.Parse(symbol), Side = Side.Buy, Confidence = 0.7, Ilf = IlfContext.Unknown,
                },
            };
        }

        _system.Ask(
            "HSET", new LogKeys().State(new RoleSeat(RoleNames.Executor, 0)), "symbol/" + symbol,
            JsonSerializer.Serialize(state, WireJson.StateOptions));
    }
}
