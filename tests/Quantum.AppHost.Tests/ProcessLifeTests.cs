using Quantum.AppHost;

namespace Quantum.AppHost.Tests;

/// <summary>What the end of a process asks of its run.</summary>
public sealed class ProcessLifeTests
{
    private const string Running = "Running";
    private const string Finished = "Finished";

    private readonly SetClock _clock = new();

    [Theory]
    // In real time the market goes on, so another start may help; what cannot start is told and ends the run.
    [InlineData(false, 0, EndOf.Process)]
    [InlineData(false, 1, EndOf.Process)]
    [InlineData(false, 2, EndOf.Run)]
    [InlineData(false, 137, EndOf.Process)]
    [InlineData(false, -1, EndOf.Process)]
    // A recording waits for every reader, and its feed meets the same fault again.
    [InlineData(true, 0, EndOf.Process)]
    [InlineData(true, 1, EndOf.Run)]
    [InlineData(true, 2, EndOf.Run)]
    [InlineData(true, 137, EndOf.Process)]
    internal void No_end_goes_unnoticed(bool isTape, int exitCode, EndOf expected)
    {
        var life = new ProcessLife(isTape, mayEnd: false, _clock);
        Assert.Equal(EndOf.Nothing, life.Hear(Running, null));
        Assert.Equal(expected, life.Hear(Finished, exitCode));
        Assert.Equal(EndOf.Nothing, life.Hear(Finished, exitCode));
    }

    [Fact]
    public void The_code_may_come_after_the_state()
    {
        var life = Life();
        Assert.Equal(EndOf.Nothing, life.Hear(Finished, null));
        Assert.Equal(EndOf.Process, life.Hear(Finished, 1));
    }

    [Fact]
    public void What_cannot_be_started_ends_the_run() =>
        Assert.Equal(EndOf.Run, Life().Hear("FailedToStart", null));

    [Fact]
    public void The_feed_of_a_recording_may_end_when_it_was_asked_to()
    {
        var life = new ProcessLife(isTape: true, mayEnd: true, _clock);
        Assert.Equal(EndOf.Nothing, life.Hear(Finished, 0));
    }

    [Fact]
    public void Who_stops_a_process_in_the_dashboard_has_it_stopped()
    {
        var life = Life();
        life.Hear(Running, null);
        life.Hear("Stopping", null);
        Assert.Equal(EndOf.Nothing, life.Hear(Finished, 0));
        // Started again there, it is watched as before.
        life.Hear("Starting", null);
        life.Hear(Running, null);
        Assert.Equal(EndOf.Process, life.Hear(Finished, 137));
    }

    [Fact]
    public void One_that_dies_at_once_each_time_ends_a_recording_and_one_that_lives_a_minute_begins_anew()
    {
        var life = new ProcessLife(isTape: true, mayEnd: false, _clock);
        for (var i = 0; i < ProcessLife.MostStarts; i++)
            Assert.Equal(EndOf.Process, Die(life, TimeSpan.FromSeconds(1)));
        Assert.Equal(EndOf.Run, Die(life, TimeSpan.FromSeconds(1)));

        life = new ProcessLife(isTape: true, mayEnd: false, _clock);
        for (var i = 0; i < 3 * ProcessLife.MostStarts; i++)
            Assert.Equal(EndOf.Process, Die(life, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void In_real_time_one_that_dies_at_once_each_time_is_started_ever_later_and_ends_nobody_else()
    {
        var life = Life();
        var pauses = new List<double>();
        for (var i = 0; i < 3 * ProcessLife.MostStarts; i++)
        {
            Assert.Equal(EndOf.Process, Die(life, TimeSpan.FromSeconds(1), exitCode: 1));
            pauses.Add(life.Pause.TotalSeconds);
        }

        Assert.Equal([0, 1, 2, 4, 8, 16, 32, 60, 60], pauses.Take(9));
        Assert.Equal(60, pauses[^1]);
        Die(life, TimeSpan.FromMinutes(1), exitCode: 1);
        Assert.Equal(TimeSpan.Zero, life.Pause);
    }

    [Fact]
    public void In_real_time_one_that_has_lived_and_cannot_start_any_more_ends_nobody_else()
    {
        var life = Life();
        Assert.Equal(EndOf.Process, Die(life, TimeSpan.FromMinutes(1), exitCode: 1));
        Assert.Equal(EndOf.Process, Die(life, TimeSpan.FromSeconds(1), ProcessLife.CannotStart));
    }

    [Fact]
    public void What_a_service_waits_for_before_it_runs_is_no_life_of_its_own()
    {
        var life = Life();
        life.Hear("Waiting", null);
        _clock.Advance(TimeSpan.FromMinutes(5));
        life.Hear("Starting", null);
        life.Hear(Running, null);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(EndOf.Run, life.Hear(Finished, ProcessLife.CannotStart));
    }

    [Fact]
    public void A_start_that_came_to_nothing_is_an_end_of_its_own()
    {
        var life = Life();
        Assert.Equal(EndOf.Process, Die(life, TimeSpan.FromMinutes(1)));
        Assert.Equal(EndOf.Nothing, life.Hear("FailedToStart", null));
        life.NotStarted();
        Assert.Equal(EndOf.Process, life.Hear("FailedToStart", null));
    }

    private EndOf Die(ProcessLife life, TimeSpan after, int exitCode = 137)
    {
        life.Hear("Starting", null);
        life.Hear(Running, null);
        _clock.Advance(after);
        return life.Hear(Finished, exitCode);
    }

    private ProcessLife Life() => new(isTape: false, mayEnd: false, _clock);

    private sealed class SetClock : TimeProvider
    {
        private long _nowMs;

        public override long TimestampFrequency => 1_000;

        public override long GetTimestamp() => _nowMs;

        public void Advance(TimeSpan by) => _nowMs += (long)by.TotalMilliseconds;
    }
}
