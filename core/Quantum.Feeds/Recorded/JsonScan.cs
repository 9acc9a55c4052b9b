using System.Buffers;

namespace Quantum.Feeds.Recorded;

/// <summary>Steps through JSON text value by value, without building anything and without throwing.</summary>
internal static class JsonScan
{
    private static readonly SearchValues<byte> s_ofNumbers = SearchValues.Create("+-.0123456789Ee"u8);

    public static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    /// <summary>
    /// The next item of an array that starts at the text's start; false at its end, or when the text is broken.
    /// </summary>
    /// <param name="rest">What is left; empty at the end of a whole array.</param>
    /// <param name="item">The item; text without quotes.</param>
    public static bool NextItem(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> item)
    {
        item = default;
        rest = rest.TrimStart(Blanks);
        if (rest.IsEmpty || rest[0] is not ((byte)'[' or (byte)',')) return false;
        var isFirst = rest[0] == '[';
        rest = rest[1..].TrimStart(Blanks);
        if (isFirst && rest.SequenceEqual("]"u8)) rest = default;
        if (!ReadValue(ref rest, out item)) return false;
        rest = rest.TrimStart(Blanks);
        if (rest.SequenceEqual("]"u8))
        {
            rest = default;
            return true;
        }

        if (!rest.IsEmpty) return true;
        // An array without an end: its last item may be cut.
        rest = "["u8;
        return false;
    }

    public static bool ReadValue(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (rest.IsEmpty) return false;
        if (rest[0] == '"') return ReadText(ref rest, out value);
        if (rest[0] is (byte)'{' or (byte)'[') return ReadNested(ref rest, out value);
        var end = rest.IndexOfAny((byte)',', (byte)'}', (byte)']');
        if (end <= 0) return false;
        value = rest[..end].TrimEnd(Blanks);
        rest = rest[end..];
        return value.SequenceEqual("true"u8) || value.SequenceEqual("false"u8) || value.SequenceEqual("null"u8)
            || (value.Length > 0 && value.IndexOfAnyExcept(s_ofNumbers) < 0);
    }

    private static bool ReadNested(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> value)
    {
        value = default;
        var (depth, isText) = (0, false);
        for (var i = 0; i < rest.Length; i++)
        {
            var c = (char)rest[i];
            if (isText)
            {
                if (c == '\\') i++;
                else if (c == '"') isText = false;
                continue;
            }

            if (c == '"') isText = true;
            else if (c is '{' or '[') depth++;
            else if (c is '}' or ']' && --depth == 0)
            {
                value = rest[..(i + 1)];
                rest = rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    public static bool ReadText(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!Skip(ref rest, '"')) return false;
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] < 0x20) return false;
            if (rest[i] == '\\') i++;
            else if (rest[i] == '"')
            {
                text = rest[..i];
                rest = rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    public static bool Skip(scoped ref ReadOnlySpan<byte> rest, char c)
    {
        if (rest.IsEmpty || rest[0] != c) return false;
        rest = rest[1..];
        return true;
    }
}
