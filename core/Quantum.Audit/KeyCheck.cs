using Quantum.EventLog;

namespace Quantum.Audit;

/// <summary>A key of Quantum's that holds another type than is written and read there.</summary>
/// <param name="Wanted">The type that belongs there.</param>
/// <param name="Found">The type that is there; null when it could not be asked.</param>
internal sealed record OddKey(string Key, string Wanted, string? Found);

/// <summary>What the keys of a topology turned out to be.</summary>
/// <param name="Streams">Streams that a scan did not show, because it was refused.</param>
/// <param name="Odd">Keys of another type.</param>
/// <param name="Unknown">Keys of streams about which nothing could be asked.</param>
internal sealed record KeyCheck(
    IReadOnlyList<string> Streams, IReadOnlyList<OddKey> Odd, IReadOnlySet<string> Unknown)
{
    private const string Stream = "stream";
    private const string Hash = "hash";

    /// <summary>Asks for the type of every key that the topology names and the scan did not show as a stream.</summary>
    public static KeyCheck Run(Asking asking, LogKeys keys, IReadOnlyList<string> found)
    {
        var there = found.ToHashSet(StringComparer.Ordinal);
        var wanted = Wanted(keys).Where(key => key.Type != Stream || !there.Contains(key.Key)).ToList();
        foreach (var (key, _) in wanted) asking.AskKey(AuditCommand.Type, key);
        asking.Send();
        var (streams, odd) = (new List<string>(), new List<OddKey>());
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, type) in wanted)
        {
            if (asking.Read(out var reply) != Answer.Given)
            {
                if (asking.WrongTypes.Contains(key)) odd.Add(new OddKey(key, type, null));
                else if (type == Stream) unknown.Add(key);
                continue;
            }

            var seen = reply.ReadString();
            if (seen == type && type == Stream) streams.Add(key);
            else if (seen != type && seen != "none") odd.Add(new OddKey(key, type, seen));
        }

        return new KeyCheck(streams, odd, unknown);
    }

    private static IEnumerable<(string Key, string Type)> Wanted(LogKeys keys)
    {
        yield return (LogKeys.Topology, Hash);
        yield return (LogKeys.Members, "zset");
        yield return (FeedKeys.Position, "string");
        yield return (LogKeys.Turn, Hash);
        yield return (LogKeys.TurnWaits, Hash);
        yield return (LogKeys.TurnBell, "list");
        yield return (LogKeys.TurnStaged, "set");
        yield return (ReplayKeys.Told, Hash);
        yield return (VenueNote.Key, Hash);
        foreach (var stream in StreamCatalog.All)
        {
            foreach (var key in keys.KeysOf(stream)) yield return (key, Stream);
            foreach (var key in keys.DeadLettersOf(stream)) yield return (key, Stream);
        }

        foreach (var seat in keys.AllSeats)
        {
            yield return (keys.Lease(seat), Hash);
            yield return (keys.Cursor(seat), Hash);
            yield return (keys.State(seat), Hash);
            yield return (keys.Journal(seat), Stream);
            yield return (keys.Counts(seat), Hash);
            yield return (keys.Reasons(seat), Hash);
            yield return (keys.Stage(seat), "list");
            yield return (keys.Round(seat), "list");
        }
    }
}
