using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.EventLog;
using Quantum.EventLog.Runner;
using Quantum.Roles.Governance;

namespace Quantum.Cli.Tests;

/// <summary>`./quantum policy` against the real governance role on a real Redis.</summary>
public sealed class PolicyVerbTests : IDisposable
{
    private readonly SystemFixture _system = new();
    private readonly LogHost _host;

    public PolicyVerbTests()
    {
        _host = new LogHost(
            _system.Server.ConnectionString,
            new LogHostSettings { Runner = new RunnerSettings { Mode = TradingMode.Sim } });
        _host.Add(() => new GovernanceRole(new GovernanceSettings()));
    }

    public void Dispose()
    {
        _host.Dispose();
        _system.Dispose();
    }

    [Fact]
    public void The_mode_is_set_shown_and_says_whether_entries_are_allowed()
    {
        _host.Start();
        var set = Say("mode", "defensive", "--by", "anna", "--json");
        Assert.Equal(0, set.ExitCode);
        var policy = set.Json.GetProperty("policy");
        Assert.Equal("defensive", policy.GetProperty("riskMode").GetString());
        Assert.Equal("anna", policy.GetProperty("updatedBy").GetString());
        Assert.Equal(3, policy.GetProperty("limits").GetProperty("max_leverage").GetInt32());
        // The same again changes nothing and is answered all the same.
        Assert.Equal(0, Say("mode", "defensive").ExitCode);
        Assert.Equal(1, Say("mode", "halt").ExitCode);
        var shown = _system.Run("policy", "show");
        Assert.Equal(1, shown.ExitCode);
        Assert.Contains("risk mode halt, kill switch off: no entries, exits only", shown.Output);
        Assert.Contains("max_leverage", shown.Output);
    }

    [Fact]
    public void What_tripped_is_told_with_its_end_and_a_reset_lifts_only_what_is_over()
    {
        _host.Start();
        Find(FindingState.Raised);
        var halted = Say("reset", "--json");
        Assert.Equal(1, halted.ExitCode);
        var trip = halted.Json.GetProperty("policy").GetProperty("trip");
        Assert.Equal("audit_no_active_consumer", trip.GetProperty("reasonCode").GetString());
        Assert.False(trip.GetProperty("needsReset").GetBoolean());
        Assert.Contains("at the earliest and its cause is gone", _system.Run("policy", "show").Output);
        Assert.Contains("nobody executes (until ", _system.Run("why", "BTCUSDT").Output);

        Find(FindingState.Cleared);
        var lifted = Say("reset", "--json");
        Assert.Equal(0, lifted.ExitCode);
        Assert.Equal(System.Text.Json.JsonValueKind.Null,
            lifted.Json.GetProperty("policy").GetProperty("trip").ValueKind);
    }

    [Fact]
    public void Without_governance_the_word_is_recorded_and_said_to_be_unanswered()
    {
        var run = _system.Run("policy", "reset", "--reason", "test", "--timeout", "0.3");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("has not answered", run.Output);
        Assert.Equal(1, _system.Number("XLEN", StreamCatalog.GovernanceControl.Key));
        Assert.Equal(2, _system.Run("policy", "show").ExitCode);
    }

    [Fact]
    public void A_mode_that_is_none_is_refused()
    {
        var run = _system.Run("policy", "mode", "brave", "--reason", "test");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("brave", run.Errors);
        Assert.Equal(0, _system.Number("EXISTS", StreamCatalog.GovernanceControl.Key));
    }

    private CliRun Say(params string[] words) =>
        _system.Run(["policy", .. words, "--reason", "test", "--timeout", "30"]);

    private void Find(FindingState state)
    {
        var finding = new AuditFinding
        {
            Code = FindingCodes.NoActiveConsumer, Severity = Severity.Critical, State = state,
            Stream = StreamCatalog.TradeIntent.Name, StreamKey = StreamCatalog.TradeIntent.Key,
            Group = StreamCatalog.TradeIntent.Consumers[0].Group, Role = RoleNames.Executor, Count = 1,
            Text = "nobody executes", Mend = "start the service 'executor'", SinceMs = 1,
        };
        new EventSource(_host.Log, RoleNames.Watchdog, TradingMode.Sim).Publish(
            StreamCatalog.AuditFinding, finding, $"finding-{state}",
            DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), once: true);
    }
}
