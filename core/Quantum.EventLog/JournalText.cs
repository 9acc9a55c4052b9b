using System.Globalization;
using System.Text;
using Quantum.Contracts.Units;

namespace Quantum.EventLog;

/// <summary>
/// A journal record's text: <c>&lt;stream key&gt;=&lt;id&gt;,+&lt;ms&gt;-&lt;seq&gt;,…</c> segments joined by ';' in
/// the order in which inputs were applied, ids after the first of a segment as the ms behind the one before;
/// <c>clock=&lt;ms&gt;</c> is a clock reading.
/// </summary>
public sealed class JournalText
{
    private const string Clock = "clock";
    private readonly StringBuilder _text = new();
    private string? _segment;
    private EntryId _last;

    public bool IsEmpty => _text.Length == 0;

    public void Add(string streamKey, EntryId id)
    {
        if (!ReferenceEquals(_segment, streamKey))
        {
            Separate();
            _text.Append(streamKey).Append('=').Append(CultureInfo.InvariantCulture, $"{id.Ms}-{id.Sequence}");
        }
        else if (id.Ms < _last.Ms)
        {
            _text.Append(',').Append(CultureInfo.InvariantCulture, $"{id.Ms}-{id.Sequence}");
        }
        else
        {
            _text.Append(',').Append(CultureInfo.InvariantCulture, $"+{id.Ms - _last.Ms}-{id.Sequence}");
        }

        (_segment, _last) = (streamKey, id);
    }

    public void AddClock(long ms)
    {
        Separate();
        _text.Append(Clock).Append('=').Append(ms);
        _segment = null;
    }

    public void Clear()
    {
        _text.Clear();
        _segment = null;
    }

    /// <summary>Reads a record: stream key and id of each input in order; no key and the ms for the clock.</summary>
    public static IEnumerable<(string? Key, EntryId Id)> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var segment in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = segment.LastIndexOf('=');
            if (at < 0) throw new FormatException($"'{segment}' is no part of a journal: expected <stream>=<ids>.");
            var key = segment[..at];
            if (key == Clock)
            {
                yield return (null, new EntryId(long.Parse(segment[(at + 1)..], CultureInfo.InvariantCulture), 0));
                continue;
            }

            var last = EntryId.Zero;
            foreach (var id in segment[(at + 1)..].Split(','))
            {
                var read = EntryId.Parse(id.TrimStart('+'));
                last = id.StartsWith('+') ? read with { Ms = last.Ms + read.Ms } : read;
                yield return (key, last);
            }
        }
    }

    public override string ToString() => _text.ToString();

    private void Separate()
    {
        if (_text.Length > 0) _text.Append(';');
    }
}
