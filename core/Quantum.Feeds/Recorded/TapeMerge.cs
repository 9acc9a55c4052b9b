namespace Quantum.Feeds.Recorded;

/// <summary>One sorted run of rows of several that are merged.</summary>
/// <param name="FirstKey">Key of its first row.</param>
/// <param name="Rows">Reads it; sorted by key.</param>
internal readonly record struct SortedRun<TRow>(long FirstKey, Func<IEnumerable<TRow>> Rows);

/// <summary>
/// Merges sorted runs by their keys; of equal keys the earlier run comes first. A run is opened when its first row is
/// due: a year of daily files is not a year of open files.
/// </summary>
internal static class TapeMerge
{
    /// <param name="runs">In the order that decides between equal rows.</param>
    /// <param name="compare">The order of rows; its first part is the key.</param>
    /// <param name="keyOf">The key of a row.</param>
    public static IEnumerable<TRow> Of<TRow>(
        IEnumerable<SortedRun<TRow>> runs, Comparison<TRow> compare, Func<TRow, long> keyOf)
    {
        var waiting = new Queue<(int Number, SortedRun<TRow> Run)>(
            runs.Select((run, number) => (number, run)).OrderBy(run => run.run.FirstKey));
        var open = new List<(int Number, IEnumerator<TRow> Rows)>();
        try
        {
            while (true)
            {
                var next = Earliest(open, compare);
                if (waiting.TryPeek(out var due) && (next < 0 || due.Run.FirstKey <= keyOf(open[next].Rows.Current)))
                {
                    waiting.Dequeue();
                    var rows = due.Run.Rows().GetEnumerator();
                    var at = open.FindIndex(run => run.Number > due.Number);
                    open.Insert(at < 0 ? open.Count : at, (due.Number, rows));
                    if (!rows.MoveNext()) Close(open, open.FindIndex(run => run.Number == due.Number));
                    continue;
                }

                if (next < 0) yield break;
                yield return open[next].Rows.Current;
                if (!open[next].Rows.MoveNext()) Close(open, next);
            }
        }
        finally
        {
            foreach (var run in open) run.Rows.Dispose();
        }
    }

    private static int Earliest<TRow>(List<(int Number, IEnumerator<TRow> Rows)> open, Comparison<TRow> compare)
    {
        var next = open.Count == 0 ? -1 : 0;
        for (var i = 1; i < open.Count; i++)
            if (compare(open[i].Rows.Current, open[next].Rows.Current) < 0) next = i;
        return next;
    }

    private static void Close<TRow>(List<(int Number, IEnumerator<TRow> Rows)> open, int at)
    {
        open[at].Rows.Dispose();
        open.RemoveAt(at);
    }
}
