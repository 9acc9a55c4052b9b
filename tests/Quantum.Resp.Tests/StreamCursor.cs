using Quantum.Contracts.Units;

using Quantum.Resp;

namespace Quantum.Resp.Tests;

/// <summary>A stream and the id after which it is read.</summary>
/// <param name="Key">The stream's key as UTF-8.</param>
/// <param name="After">Only entries with a greater id are wanted.</param>
internal readonly record struct StreamCursor(ReadOnlyMemory<byte> Key, EntryId After);
