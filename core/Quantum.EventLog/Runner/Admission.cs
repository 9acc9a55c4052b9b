using System.Text;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog.Tracing;

namespace Quantum.EventLog.Runner;

/// <summary>Which entries are not for a handler: what is lost, poison, of another mode.</summary>
internal sealed class Admission(RunnerSettings settings, FailureLog failures)
{
    // Clocks of machines differ by seconds. An intent lives for thirty: whose clock an entry set further ahead would
    // let none of them pass.
    private const long MostAheadMs = 10_000;

    /// <summary>
    /// Why the entry goes to the dead letters unhandled, as reason code and words; null when it may be handled.
    /// </summary>
    public (string Reason, string Text)? Against(LogLink link, LogEntry entry, in EntryFields fields)
    {
        if (entry.IsMissing)
        {
            LogMeter.Lost.Add(1, LogMeter.Tag(SpanTags.Destination, link.Stream.Name));
            return (
                DeadLetters.Missing, "the entry was trimmed or deleted before it was handled: its content is lost.");
        }

        if (failures.Find(link, entry.Id) is { } failure
            && Math.Max(entry.Deliveries - 1, failure.Times) >= settings.PoisonDeliveries)
            return (DeadLetters.Poison, failure.Text);
        if (entry.Deliveries > settings.CrashDeliveries)
            return (DeadLetters.CrashLoop,
                "delivered again and again without a recorded failure: it ends its process.");
        if (MixedMode(in fields) is { } mixed) return (WireNames.Of(DecodeFaultKind.MixedMode), mixed);
        return OfTheFuture(link, entry, in fields) is { } future
            ? (WireNames.Of(DecodeFaultKind.OutOfRange), future)
            : null;
    }

    // What waits for a time that an entry set would wait for years; the log's own clock says when the entry came.
    private string? OfTheFuture(LogLink link, LogEntry entry, in EntryFields fields)
    {
        if (settings.IsTape || !ClockFeed.TryTimeOf(in fields, link.Stream.IsTail, out var atMs)) return null;
        return atMs <= entry.Id.Ms + MostAheadMs
            ? null
            : $"ts {atMs} is more than {MostAheadMs / 1_000} seconds after the log's own time {entry.Id.Ms}: set the "
                + "clock of whoever wrote it.";
    }

    private string? MixedMode(in EntryFields fields)
    {
        if (!fields.TryGet("mode"u8, 3, out var text)
            || !EnumText<TradingMode>.TryParse(text, out var mode))
            return null;
        return mode == settings.Mode
            ? null
            : $"the event is of mode '{Encoding.UTF8.GetString(text)}', this run of mode "
                + $"'{WireNames.Of(settings.Mode)}': give each mode its own Redis database.";
    }
}
