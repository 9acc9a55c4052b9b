using System.Text;
using Quantum.Contracts.Units;

namespace Quantum.EventLog.Tests.Conformance;

/// <summary>A fetched batch as plain values.</summary>
public sealed record LogRead(bool IsHeld, IReadOnlyList<LogRead.Item> Entries, int GroupsPutBack)
{
    public sealed record Item(
        int Read, EntryId Id, long Deliveries, bool IsMissing, IReadOnlyDictionary<string, string> Fields);

    /// <summary>The numbers that <c>Send</c> wrote.</summary>
    public IEnumerable<int> Numbers =>
        Entries.Select(entry => int.Parse(entry.Fields["n"], System.Globalization.CultureInfo.InvariantCulture));

    public static LogRead Of(bool isHeld, LogBatch batch)
    {
        var items = new List<Item>();
        for (var i = 0; i < batch.Count; i++)
        {
            var fields = new Dictionary<string, string>();
            var spans = batch.Fields(i);
            for (var f = 0; f < spans.Count; f++)
                fields[Encoding.UTF8.GetString(spans.Name(f))] = Encoding.UTF8.GetString(spans.Value(f));
            items.Add(new Item(batch[i].Read, batch[i].Id, batch[i].Deliveries, batch[i].IsMissing, fields));
        }

        return new LogRead(isHeld, items, batch.GroupsPutBack);
    }
}
