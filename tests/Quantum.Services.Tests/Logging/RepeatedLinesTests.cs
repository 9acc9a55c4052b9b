using Microsoft.Extensions.Logging;
using Quantum.Hosting.Logging;
using Quantum.Services.Tests.Watchdog;

namespace Quantum.Services.Tests.Logging;

/// <summary>A failure that repeats is one line a minute with a count, of whatever in a service tells it.</summary>
public sealed class RepeatedLinesTests
{
    private readonly ManualTime _time = new();
    private readonly Logged<RepeatedLinesTests> _log = new();

    [Fact]
    public void The_first_line_comes_at_once_and_the_others_of_its_kind_as_a_count_each_minute()
    {
        var lines = new RepeatedLines(_time);
        for (var second = 0; second < 180; second++)
        {
            for (var i = 0; i < 30; i++) Tell(lines, $"the event log is away (attempt {second * 30 + i})");
            if (second == 70) Tell(lines, "something else 1");
            _time.Advance(1);
            lines.Flush();
        }

        Assert.Equal(4, _log.Lines.Count(line => line.Contains("is away")));
        Assert.Equal(5, _log.Lines.Count);
        Assert.Contains("(1799 times more", _log.Lines[1]);
        // Once it is over nothing more is said, and the next time is a first time.
        _time.Advance(120);
        lines.Flush();
        lines.Flush();
        Tell(lines, "the event log is away (attempt 1)");
        Assert.EndsWith("(attempt 1) ", _log.Lines[^1]);
    }

    [Theory]
    [InlineData("a", "b", 2)]
    [InlineData("a 1", "a 22", 1)]
    [InlineData("a 1", "b 1", 2)]
    public void Lines_that_differ_in_more_than_numbers_are_of_different_kinds(string one, string other, int written)
    {
        var lines = new RepeatedLines(_time);
        Tell(lines, one);
        Tell(lines, other);
        Assert.Equal(written, _log.Lines.Count);
        lines.Flush(all: true);
        Assert.Equal(2, _log.Lines.Count);
    }

    [Fact]
    public void A_fault_of_readers_that_comes_and_goes_is_one_line_a_minute_until_it_is_over()
    {
        var faults = new SeatFaults(_time, _log);
        for (var second = 0; second < 150; second++)
        {
            for (var reader = 0; reader < 5; reader++)
                faults.See($"reader-{reader}", second % 3 == 0 ? "Redis: MISCONF" : null);
            faults.Tell();
            _time.Advance(1);
        }

        Assert.Equal(3, _log.Lines.Count);
        Assert.Contains("reader-0", _log.Lines[0]);
        Assert.Contains("reader-2, … cannot work: Redis: MISCONF (seen 100 times)", _log.Lines[1]);
        for (var second = 0; second < 100; second++)
        {
            faults.See("reader-0", null);
            faults.Tell();
            _time.Advance(1);
        }

        Assert.Equal(5, _log.Lines.Count);
        Assert.Contains("(seen 45 times)", _log.Lines[3]);
        Assert.Contains("every reader works again", _log.Lines[4]);
    }

    private void Tell(RepeatedLines lines, string text)
    {
        if (lines.Admit("category", LogLevel.Warning, text, _log)) _log.Log(LogLevel.Warning, "{Text}", text);
    }

    /// <summary>A clock that the test moves.</summary>
    private sealed class ManualTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(double seconds) => _ticks += TimeSpan.FromSeconds(seconds).Ticks;
    }
}
