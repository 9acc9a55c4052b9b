using Quantum.Contracts.Units;
using Quantum.InProcess;

namespace Quantum.EventLog.Tests.Conformance;

/// <summary>The suite on the memory log, and what only it can do.</summary>
public sealed class MemoryConformanceTests : EventLogConformance
{
    protected override IConformanceLog Create() => new MemoryConformanceLog();

    [Theory]
    [InlineData(LogFault.Lost, 0)]
    [InlineData(LogFault.ReplyLost, 1)]
    public void A_simulated_fault_hits_before_or_after_the_commit(LogFault fault, long sequenceAfter)
    {
        var log = (MemoryEventLog)Log;
        using var session = Held();
        Send(Intents, 0);
        var commit = CommitOf(FetchNew(session), 0);
        log.Faults = (seat, call) => call == LogCall.Commit && seat == Seat ? fault : LogFault.None;
        Assert.Throws<LogUnavailableException>(() => session.Commit(commit));
        log.Faults = null;
        Assert.Equal(sequenceAfter, session.Load().Sequence);
        Assert.Equal(sequenceAfter == 0 ? CommitReply.Ok : CommitReply.Duplicate, session.Commit(commit));
        Assert.Equal(["0"], Published());
    }

    [Fact]
    public void Why_nothing_was_done_adds_up_per_reason_and_subject()
    {
        using var session = Held();
        for (var i = 0; i < 2; i++)
        {
            var commit = new CommitBatch { ExpectedSequence = i };
            commit.Reasons.Add(new ReasonCount("denied", "stale", "BTCUSDT", 1000 + i, 3, $"{i} ms"));
            commit.Reasons.Add(new ReasonCount("denied", "stale", null, 5, 1));
            Assert.Equal(CommitReply.Ok, session.Commit(commit));
        }

        Assert.Equal(
            [
                new ReasonCount("denied", "stale", "BTCUSDT", 1001, 6, "1 ms"),
                new ReasonCount("denied", "stale", null, 5, 2),
            ],
            ((MemoryEventLog)Log).ReasonsOf(Seat));
    }

    [Fact]
    public void Dedupe_ids_are_forgotten_after_two_hours_and_not_before()
    {
        var first = Log.AppendOnce(Intents.StreamKey, "x", Entry(("n", "1")));
        Under.Expire(Seat);
        Assert.Equal(first, Log.AppendOnce(Intents.StreamKey, "x", Entry(("n", "1"))));
        Under.Expire(Seat);
        Assert.NotEqual(first, Log.AppendOnce(Intents.StreamKey, "x", Entry(("n", "1"))));
    }
}
