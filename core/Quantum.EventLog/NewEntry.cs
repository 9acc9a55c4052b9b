using Quantum.Contracts.Wire;

namespace Quantum.EventLog;

/// <summary>An encoded event that is to go onto a stream.</summary>
/// <param name="StreamKey">The stream's key.</param>
/// <param name="Fields">Its fields; not to be changed until it is appended.</param>
/// <param name="MaxLength">Above 0 trims approximately to that many entries: tail streams only.</param>
/// <param name="OnceId">Appended as <see cref="IEventLog.AppendOnce"/> does, by this id; null: always.</param>
public readonly record struct NewEntry(
    string StreamKey, FieldBuffer Fields, long MaxLength, string? OnceId = null);
