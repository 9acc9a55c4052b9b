using Microsoft.Extensions.Diagnostics.HealthChecks;
using Quantum.ServiceDefaults.Health;

namespace Quantum.ServiceDefaults.Tests;

public sealed class ProgressHealthTests
{
    private const string Stream = "quantum:stream:trade.intent";
    private static readonly TimeSpan s_objective = TimeSpan.FromSeconds(2);
    private readonly ManualTime _time = new();
    private readonly ProgressHealth _health;
    private readonly ConsumerProgress _consumer;

    public ProgressHealthTests()
    {
        _health = new(_time);
        _consumer = _health.Register("executor", Stream, s_objective);
    }

    private ConsumerReport Report => _health.Report().Single();

    [Fact]
    public void A_registered_consumer_without_a_lease_is_not_healthy()
    {
        _time.Advance(1.5);
        Assert.Equal("no lease for 1500 ms", Report.Problem);
        _consumer.Lease(LeaseState.Held);
        Assert.True(Report.IsHealthy);
    }

    [Fact]
    public void With_nothing_to_read_it_is_healthy_for_ever()
    {
        _consumer.Lease(LeaseState.Held);
        _consumer.Unread(0);
        _time.Advance(1_000_000);
        Assert.Null(Report.Problem);
        Assert.Equal((0, null, 0), (Report.WaitingMs, Report.LastCommitAgeMs, Report.CommittedInputs));
    }

    [Fact]
    public void Work_that_waits_longer_than_the_objective_is_not_healthy_until_it_is_committed()
    {
        _consumer.Lease(LeaseState.Held);
        _consumer.Unread(3);
        _time.Advance(2);
        Assert.True(Report.IsHealthy);
        _consumer.Unread(10_014);
        _time.Advance(0.001);
        Assert.Equal("10014 inputs wait 2001 ms, objective 2000 ms", Report.Problem);
        _consumer.Committed(100, unread: 9_914);
        Assert.True(Report.IsHealthy);
        _time.Advance(2.5);
        Assert.False(Report.IsHealthy);
        Assert.Equal((2500, 100, 9_914), (Report.LastCommitAgeMs, Report.CommittedInputs, Report.UnreadInputs));
        _consumer.Committed(9_914, unread: 0);
        _time.Advance(3_600);
        Assert.True(Report.IsHealthy);
    }

    [Fact]
    public void Work_that_comes_after_a_long_idle_time_gets_its_whole_objective()
    {
        _consumer.Lease(LeaseState.Held);
        _consumer.Committed(1, unread: 0);
        _time.Advance(3_600);
        _consumer.Unread(1);
        _time.Advance(1.9);
        Assert.True(Report.IsHealthy);
        _time.Advance(0.2);
        Assert.False(Report.IsHealthy);
    }

    [Fact]
    public void A_lost_lease_is_not_healthy_and_a_standby_is_healthy_whatever_waits()
    {
        _consumer.Lease(LeaseState.Held);
        _consumer.Unread(5);
        _time.Advance(60);
        _consumer.Lease(LeaseState.Standby);
        Assert.True(Report.IsHealthy);
        _consumer.Lease(LeaseState.None);
        _consumer.Lease(LeaseState.None);
        _time.Advance(1);
        Assert.Equal("no lease for 1000 ms", Report.Problem);
    }

    [Fact]
    public void Consumers_are_judged_each_for_itself_and_without_a_lease_where_none_is_needed()
    {
        _consumer.Lease(LeaseState.Held);
        var tail = _health.Register("ai_engine", "quantum:stream:market_data", s_objective, needsLease: false);
        Assert.All(_health.Report(), report => Assert.True(report.IsHealthy));
        tail.Unread(1);
        _time.Advance(3);
        Assert.Equal([false, true], _health.Report().Select(report => report.IsHealthy));
    }

    [Fact]
    public void Wrong_registrations_are_refused()
    {
        var twice = Assert.Throws<InvalidOperationException>(() => _health.Register("executor", Stream, s_objective));
        Assert.Contains($"executor of {Stream} is registered twice", twice.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => _health.Register("x", "y", TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => _consumer.Unread(-1));
    }

    [Fact]
    public async Task The_check_names_every_problem()
    {
        var check = new ProgressHealthCheck(_health);
        _health.Register("portfolio", "quantum:stream:market.tick", s_objective).Lease(LeaseState.Held);
        var result = await check.CheckHealthAsync(new HealthCheckContext());
        Assert.Equal(HealthStatus.Unhealthy, result.Status);
        Assert.Equal($"executor of {Stream}: no lease for 0 ms", result.Description);
        Assert.Equal(2, result.Data.Count);
    }
}
