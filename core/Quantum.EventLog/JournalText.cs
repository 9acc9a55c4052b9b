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
        for (int begin = 0, end; begin < text.Length; begin = end + 1)
        {
            end = EndOf(text, ';', begin, text.Length);
            if (end == begin) continue;
            var at = text.LastIndexOf('=', end - 1, end - begin);
            if (at < 0)
                throw new FormatException(
                    $"'{text[begin..end]}' is no part of a journal: expected <stream>=<ids>.");
            var key = text[begin..at];
            if (key == Clock)
            {
                yield return (null, new EntryId(
                    long.Parse(text.AsSpan(at + 1, end - at - 1), CultureInfo.InvariantCulture), 0));
                continue;
            }

            var last = EntryId.Zero;
            for (int from = at + 1, to; from <= end; from = to + 1)
            {
                to = EndOf(text, ',', from, end);
                yield return (key, last = IdOf(text.AsSpan(from, to - from), last));
            }
        }
    }

    public override string ToString() => _text.ToString();

    private static int EndOf(string text, char separator, int from, int limit) =>
        text.IndexOf(separator, from, limit - from) is >= 0 and var at ? at : limit;

    private static EntryId IdOf(ReadOnlySpan<char> text, EntryId last)
    {
        if (text is not ['+', .. var behind]) return EntryId.Parse(text);
        var read = EntryId.Parse(behind);
        return read with { Ms = last.Ms + read.Ms };
    }

    private void Separate()
    {
        if (_text.Length > 0) _text.Append(';');
    }
}
