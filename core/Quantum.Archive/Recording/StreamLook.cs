using Quantum.Resp;

namespace Quantum.Archive.Recording;

/// <summary>Takes the entries of a reply, which stand next in it.</summary>
internal delegate void EntryTaker(StreamLook look, ref RespReader entries);

/// <summary>What a stream is at one moment.</summary>
/// <param name="Length">Entries in it.</param>
/// <param name="Added">Entries that were ever added.</param>
/// <param name="Last">The last id given, zero when none.</param>
/// <param name="First">The first entry's id; null when it is empty.</param>
internal readonly record struct StreamLook(long Length, long Added, EntryId Last, EntryId? First)
{
    /// <summary>
    /// Entries behind an id that were taken away before anybody read them, when so many were ever added up to it.
    /// </summary>
    public long LostBefore(EntryId after, long added) => First > after ? Math.Max(0, Added - Length - added) : 0;
}
