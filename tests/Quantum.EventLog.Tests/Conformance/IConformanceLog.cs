using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.EventLog.Tests.Conformance;

/// <summary>One implementation under the suite, and what an outsider may do to it.</summary>
public interface IConformanceLog : IDisposable
{
    IEventLog Log { get; }

    void DeleteStream(string streamKey);

    void DeleteGroup(string streamKey, string group);

    /// <summary>Trims exactly, read or not.</summary>
    void ForceTrim(string streamKey, long keep);

    /// <summary>Lets another consumer of the group read.</summary>
    void ReadAsOther(string streamKey, string group, string consumer, int count);

    /// <summary>Acknowledges one entry for whoever has read it.</summary>
    void Acknowledge(string streamKey, string group, EntryId id);

    /// <summary>Sets the group's position, forward or back.</summary>
    void SetGroup(string streamKey, string group, EntryId position);

    /// <summary>
    /// Appends an entry and takes the seat as "before" with a clock that ran so far ahead; afterwards the clock is
    /// right again.
    /// </summary>
    (EntryId Id, long Epoch) WithClockAhead(TimeSpan ahead, RoleSeat seat, string streamKey, FieldBuffer entry);

    /// <summary>Lets a lease's time run out.</summary>
    void Expire(RoleSeat seat);

    int Length(string streamKey);

    /// <summary>What a seat's commits noted as consumed, by their numbers, oldest first.</summary>
    IReadOnlyList<(long Sequence, string Text)> Journal(RoleSeat seat);

    /// <summary>Entries of a stream as texts, oldest first.</summary>
    IReadOnlyList<(EntryId Id, IReadOnlyList<(string Name, string Value)> Fields)> Entries(string streamKey);
}
