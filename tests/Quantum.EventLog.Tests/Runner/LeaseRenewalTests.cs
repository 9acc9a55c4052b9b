using Quantum.EventLog.Runner;
using Quantum.EventLog.Tests.Harness;
using Quantum.InProcess;

namespace Quantum.EventLog.Tests.Runner;

/// <summary>What is left of a lease while its holder has nothing to do: so long it may stand still.</summary>
public sealed class LeaseRenewalTests : IDisposable
{
    private static readonly RoleSeat s_seat = new(TestStreams.Counter, 0);
    private readonly HandTime _time = new();
    private readonly MemoryEventLog _log;
    private readonly ILogSession _session;

    public LeaseRenewalTests()
    {
        _log = new MemoryEventLog(time: _time);
        _session = _log.OpenSession(s_seat);
    }

    public void Dispose()
    {
        _session.Dispose();
        _log.Dispose();
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(5_000)]
    [InlineData(10_000)]
    public void An_idle_holder_always_has_two_thirds_of_its_lease_before_it(int ttlMs)
    {
        var upkeep = Hold(ttlMs);
        upkeep.Loaded([]);
        for (var look = 0; look < 100; look++)
        {
            upkeep.WhenIdle();
            var wait = upkeep.LongestWait();
            Assert.InRange(wait.TotalMilliseconds, 1, 1_000);
            _time.Advance(wait);
            Assert.True(LeftMs >= ttlMs * 2 / 3 - 2, $"{LeftMs} ms of {ttlMs} are left at look {look}");
        }
    }

    [Fact]
    public void Loading_renews_nothing_and_so_is_followed_by_a_renewal()
    {
        var upkeep = Hold(5_000);
        _time.Advance(TimeSpan.FromSeconds(4));
        upkeep.Loaded([]);
        Assert.Equal(1_000, LeftMs);
        upkeep.WhenIdle();
        Assert.Equal(5_000, LeftMs);
    }

    private long LeftMs => _log.SeatOf(s_seat).UntilMs - _time.GetUtcNow().ToUnixTimeMilliseconds();

    private SeatUpkeep Hold(int ttlMs)
    {
        var settings = RedisWorld.Settings with { LeaseTtl = TimeSpan.FromMilliseconds(ttlMs), Time = _time };
        Assert.True(_session.Acquire("a", settings.LeaseTtl).IsGranted);
        // A role without a clock: one with a clock commits every second, which renews too.
        var work = new RoleWork(new CounterRole(), s_seat, _log.Keys, settings.Mode);
        Assert.False(work.HasClock);
        return new SeatUpkeep(_session, work, [], new BatchContext(settings, work, s_seat, _log.Keys));
    }

    private sealed class HandTime : TimeProvider
    {
        private DateTimeOffset _now = DateTimeOffset.UnixEpoch.AddYears(50);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan by) => _now += by;

        public override DateTimeOffset GetUtcNow() => _now;

        public override long GetTimestamp() => _now.Ticks;
    }
}
