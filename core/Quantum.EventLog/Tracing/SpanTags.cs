using System.Diagnostics;
using Quantum.Contracts.Catalog;

namespace Quantum.EventLog.Tracing;

/// <summary>The names of OpenTelemetry's messaging conventions, for spans and metrics.</summary>
internal static class SpanTags
{
    public const string System = "messaging.system";
    public const string OperationName = "messaging.operation.name";
    public const string OperationType = "messaging.operation.type";
    public const string Destination = "messaging.destination.name";
    public const string Partition = "messaging.destination.partition.id";
    public const string Group = "messaging.consumer.group.name";
    public const string MessageId = "messaging.message.id";
    public const string Conversation = "messaging.message.conversation_id";
    public const string BatchCount = "messaging.batch.message_count";
    public const string Error = "error.type";
    public const string Role = "quantum.role";
    public const string Counter = "quantum.counter";
    public const string Reason = "quantum.reason";
    public const string Symbol = "quantum.symbol";
    public const string Entry = "quantum.entry.id";

    /// <summary>The value of <see cref="System"/>.</summary>
    public const string Redis = "redis";

    public static Activity? Send(Activity? span, EventStream stream, string eventId) => span?
        .SetTag(System, Redis)
        .SetTag(OperationName, "send")
        .SetTag(OperationType, "send")
        .SetTag(Destination, stream.Name)
        .SetTag(MessageId, eventId);

    public static IEnumerable<KeyValuePair<string, object?>> Of(HandledSpan handled)
    {
        yield return new(System, Redis);
        yield return new(OperationName, "process");
        yield return new(OperationType, "process");
        yield return new(Destination, handled.Link?.Stream.Name ?? "clock");
        if (handled.Link is { } link)
        {
            if (link.StreamKey.Length > link.Stream.Key.Length)
                yield return new(Partition, link.StreamKey[(link.Stream.Key.Length + 1)..]);
            yield return new(Group, link.Group);
            yield return new(Entry, handled.Position.ToString());
        }

        yield return new(MessageId, handled.EventId);
        yield return new(Conversation, handled.CorrelationId);
        if (handled.Symbol is { } symbol) yield return new(Symbol, symbol);
        if (handled.Error is { } error) yield return new(Error, error);
    }

    public static IEnumerable<KeyValuePair<string, object?>> OfCommit(RoleSeat seat, CommitBatch commit)
    {
        yield return new(System, Redis);
        yield return new(OperationName, "commit");
        yield return new(OperationType, "settle");
        yield return new(Role, seat.Role);
        yield return new(BatchCount, commit.Inputs);
    }
}
