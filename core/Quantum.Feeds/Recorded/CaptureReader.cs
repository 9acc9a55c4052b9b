using System.Buffers;
using System.IO.Hashing;
using Quantum.Feeds.Files;

namespace Quantum.Feeds.Recorded;

/// <summary>
/// Reads one raw capture of Binance websocket frames: <c>&lt;receive time&gt; &lt;frame as JSON&gt;</c>, frames of
/// combined streams or bare ones, of one market or of all in an array. Known are bookTicker, trade, aggTrade and
/// markPriceUpdate; what else is recorded beside them is passed over and counted. The tape's time is the exchange's (T,
/// else E, else the receive time).
/// </summary>
internal sealed class CaptureReader(TapePart part, TapeSelection selection, TapeNotes? notes)
{
    /// <summary>Receive time and the exchange's differ by less, ms.</summary>
    private const long ClockSlackMs = 60_000;
    private const int MostKinds = 40;
    private const string Mend = "remove the line";

    private static readonly SearchValues<byte> s_ofTime = SearchValues.Create("0123456789."u8);

    private readonly List<TapeRecord> _frames = [];
    private long _lastNs;

    /// <summary>Whether a first line is this format's.</summary>
    public static bool Knows(ReadOnlySpan<byte> line)
    {
        var space = line.IndexOf((byte)' ');
        return space > 0 && line[..space].IndexOfAnyExcept(s_ofTime) < 0
            && line[space..].TrimStart((byte)' ') is { IsEmpty: false } frame && frame[0] is (byte)'{' or (byte)'[';
    }

    public IEnumerable<TapeRecord> Read()
    {
        using var reader = new LineReader(part);
        while (reader.Next())
        {
            _frames.Clear();
            var place = new RowPlace(part.Name, reader.Line);
            FeedException? fault = null;
            var atMs = Line(in place, reader.Text, ref fault);
            if (fault is not null && !reader.IsEnded) notes?.AddTorn(in place);
            else if (fault is not null && !IsOutside(atMs ?? _lastNs / 1_000_000)) throw fault;
            else if (fault is not null) notes?.AddLeftOut(fault);
            foreach (var frame in _frames) yield return frame;
        }

        if (reader.IsCut) notes?.AddCut(part, reader.Line);
    }

    private bool IsOutside(long receivedMs) =>
        receivedMs < selection.FromMs - ClockSlackMs || receivedMs >= selection.ToMs + ClockSlackMs;

    /// <summary>Reads one line into the frames; gives its receive time, ms, or null when it cannot be read.</summary>
    private long? Line(in RowPlace place, ReadOnlySpan<byte> text, ref FeedException? fault)
    {
        var space = text.IndexOf((byte)' ');
        var first = space < 0 ? text : text[..space];
        var ns = RowText.TimeNs(in place, "receive time", first, ref fault);
        if (fault is not null || space < 0)
        {
            fault ??= place.Fault(
                "frame", text, "is no time followed by a frame", "write '<receive ns> <JSON>', or remove it");
            return null;
        }

        var receivedMs = ns / 1_000_000;
        if (ns < _lastNs)
        {
            fault = place.Fault("receive time", first, "is before the line above", "sort the capture by receive time");
            return receivedMs;
        }

        _lastNs = ns;
        if (!IsOutside(receivedMs)) Frames(in place, text[(space + 1)..], ns, ref fault);
        return receivedMs;
    }

    private void Frames(in RowPlace place, ReadOnlySpan<byte> json, long ns, ref FeedException? fault)
    {
        var frame = json.Trim(JsonScan.Blanks);
        if (frame.Length > 0 && frame[0] == '{')
        {
            var outer = new JsonMembers(frame);
            ReadOnlySpan<byte> inner = default;
            while (outer.Next(out var name, out var value))
                if (name.SequenceEqual("data"u8) && IsNested(value)) inner = value;
            if (outer.IsBroken)
            {
                fault = place.Fault("frame", json, "is no JSON object", Mend);
                return;
            }

            if (!inner.IsEmpty) frame = inner;
        }

        var hash = XxHash3.HashToUInt64(json);
        if (frame.Length > 0 && frame[0] == '{') Frame(in place, frame, ns, hash, ref fault);
        else if (frame.Length > 1 && frame[0] == '[' && frame[^1] == ']') Array(in place, frame, ns, hash, ref fault);
        else if (IsPlainJson(frame)) Pass("no object");
        else fault = place.Fault("frame", json, "is no JSON object", Mend);
    }

    // What a whole market sends at once. Members of kinds that are of no use here are passed over one by one.
    private void Array(in RowPlace place, ReadOnlySpan<byte> frame, long ns, ulong hash, ref FeedException? fault)
    {
        var rest = frame;
        for (var i = 1UL; JsonScan.NextItem(ref rest, out var item); i++)
        {
            if (item.Length > 0 && item[0] == '{') Frame(in place, item, ns, hash + i, ref fault);
            else Pass("no object");
        }

        if (!rest.IsEmpty) fault ??= place.Fault("frame", frame, "is no JSON array", Mend);
    }

    private void Frame(in RowPlace place, ReadOnlySpan<byte> json, long ns, ulong hash, ref FeedException? fault)
    {
        var frame = new CaptureFrame(json);
        if (frame.IsBroken)
        {
            fault ??= place.Fault("frame", json, "is no JSON object", Mend);
            return;
        }

        var record = new TapeRecord { Kind = default, Place = place, KeyNs = ns, TextHash = hash };
        if (!frame.IsKnown)
        {
            Pass(frame.Kind.IsEmpty ? "no event" : RowPlace.Shown(frame.Kind));
            return;
        }

        if (frame.SymbolText.IsEmpty)
        {
            fault ??= place.Fault("frame", json, "names no symbol (s)", Mend);
            return;
        }

        if (!Symbol.TryParse(frame.SymbolText, out var symbol)
            && !Symbol.TryParse(Unescaped(frame.SymbolText), out symbol))
        {
            if (selection.Symbols.Count == 0) Pass($"symbol '{RowPlace.Shown(frame.SymbolText)}'");
            return;
        }

        if (!selection.Has(symbol)) return;
        FeedException? found = null;
        record = frame.Read(record with { Symbol = symbol }, ns / 1_000_000, ref found);
        if (found is null && selection.Has(record.AtMs)) _frames.Add(record);
        else if (found is not null && record.AtMs != 0 && !selection.Has(record.AtMs)) notes?.AddLeftOut(found);
        else fault ??= found;
    }

    private void Pass(string kind) => notes?.AddPassed(
        notes.Passed.Count < MostKinds || notes.Passed.ContainsKey(kind) ? kind : "others");

    private static bool IsPlainJson(ReadOnlySpan<byte> frame) => frame.SequenceEqual("null"u8)
        || frame.SequenceEqual("true"u8) || frame.SequenceEqual("false"u8) || RowText.TryNumber(frame, out _)
        || (frame.Length > 1 && frame[0] == '"' && frame[^1] == '"');

    private static bool IsNested(ReadOnlySpan<byte> value) => value.Length > 0 && value[0] is (byte)'{' or (byte)'[';

    /// <summary>Text of JSON with characters written as <c>\uXXXX</c>: many programs write only ASCII.</summary>
    private static string Unescaped(ReadOnlySpan<byte> text)
    {
        var result = new StringBuilder();
        for (var rest = text; !rest.IsEmpty;)
        {
            var isEscape = rest.Length >= 6 && rest[0] == '\\' && rest[1] == 'u';
            if (isEscape && ushort.TryParse(rest[2..6], NumberStyles.AllowHexSpecifier, null, out var code))
            {
                result.Append((char)code);
                rest = rest[6..];
                continue;
            }

            Rune.DecodeFromUtf8(rest, out var rune, out var length);
            result.Append(rune.ToString());
            rest = rest[length..];
        }

        return result.ToString();
    }
}
