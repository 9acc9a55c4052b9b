namespace Quantum.Feeds.Recorded;

/// <summary>
/// The files of one form as one sequence of records: merged by time, equal ones once, never going back.
/// </summary>
internal sealed class TradeRun(IReadOnlyList<TradeRun.Source> sources)
{
    /// <summary>One file.</summary>
    /// <param name="FirstKeyNs">Key of its first record.</param>
    /// <param name="Read">Reads it in its order, telling notes what is passed over.</param>
    internal sealed record Source(long FirstKeyNs, Func<TapeNotes?, IEnumerable<TapeRecord>> Read);

    public IEnumerable<TapeRecord> Read(TapeNotes? notes)
    {
        var merged = TapeMerge.Of(
            sources.Select(source => new SortedRun<TapeRecord>(source.FirstKeyNs, () => source.Read(notes))), Compare,
            record => record.KeyNs);
        var (last, lastMs) = (default(TapeRecord), 0L);
        var ofMoment = new List<TapeRecord>();
        foreach (var record in merged)
        {
            if (record.Id is { } id)
            {
                if (id == last.Id && record.Symbol == last.Symbol)
                {
                    if (!record.IsSameTrade(in last)) throw Contradiction(in last, in record);
                    notes?.AddEqual(record.Place);
                    continue;
                }
            }
            else if (IsKnown(ofMoment, in record))
            {
                notes?.AddEqual(record.Place);
                continue;
            }

            last = record;
            // The exchange's clock steps back by a few ms between its own frames: time on a tape does not.
            lastMs = Math.Max(lastMs, record.AtMs);
            yield return record.AtMs == lastMs ? record : record with { AtMs = lastMs };
        }
    }

    private static int Compare(TapeRecord left, TapeRecord right)
    {
        var byKey = left.KeyNs.CompareTo(right.KeyNs);
        return byKey != 0 ? byKey : Nullable.Compare(left.Id, right.Id);
    }

    private static bool IsKnown(List<TapeRecord> ofMoment, in TapeRecord record)
    {
        if (ofMoment.Count > 0 && ofMoment[0].KeyNs != record.KeyNs) ofMoment.Clear();
        var hash = record.TextHash;
        if (ofMoment.Exists(known => known.TextHash == hash)) return true;
        ofMoment.Add(record);
        return false;
    }

    private static FeedException Contradiction(in TapeRecord first, in TapeRecord second) => second.Place.Fault(
        FormattableString.Invariant(
            $"trade {second.Id} is {second.Quantity} at {second.Price}, but {first.Quantity} at {first.Price} in ")
        + first.Place,
        "remove one of the two");
}
