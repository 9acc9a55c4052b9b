using System.Buffers;

namespace Quantum.Resp;

/// <summary>
/// Redis names (keys, groups, consumers) are bytes. Their text form is what is shown, compared and kept: printable
/// signs as they are, a backslash doubled, everything else an escape of redis-cli (<c>\n</c>, <c>\x1b</c>); the empty
/// name is <c>''</c>. No two names share a text, and each text gives its name back.
/// </summary>
public static class NameText
{
    private const string Empty = "''";

    /// <summary>The text of a name.</summary>
    public static string Of(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty) return Empty;
        if (name.SequenceEqual("''"u8)) return "\\x27'";
        if (IsPlain(name)) return Encoding.ASCII.GetString(name);
        var text = new StringBuilder(name.Length + 8);
        // At the ends a space would be taken for the sentence's own.
        var (first, last) = (name[0] == (byte)' ', name.Length > 1 && name[^1] == (byte)' ');
        if (first) text.Append("\\x20");
        Escape(name[(first ? 1 : 0)..(last ? ^1 : ^0)], text, isName: true);
        if (last) text.Append("\\x20");
        return text.ToString();
    }

    /// <summary>The bytes of a name's text.</summary>
    public static byte[] Bytes(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == Empty) return [];
        if (!text.Contains('\\', StringComparison.Ordinal)) return Encoding.UTF8.GetBytes(text);
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (text[i] != '\\')
            {
                var end = text.IndexOf('\\', i);
                if (end < 0) end = text.Length;
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i..end]));
                i = end;
                continue;
            }

            var (value, length) = Unescape(text.AsSpan(i));
            bytes.Add(value);
            i += length;
        }

        return [.. bytes];
    }

    /// <summary>
    /// Any bytes from outside, made harmless for the eye: what is no printable sign is escaped, so that nothing moves a
    /// cursor, hides a line or passes for another. Not to be read back.
    /// </summary>
    public static string Shown(ReadOnlySpan<byte> value)
    {
        if (IsPlain(value)) return Encoding.ASCII.GetString(value);
        var text = new StringBuilder(value.Length + 8);
        Escape(value, text, isName: false);
        return text.ToString();
    }

    /// <summary>The same for text.</summary>
    public static string Shown(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        foreach (var c in value)
        {
            if (c is < ' ' or > '~') return Shown(Encoding.UTF8.GetBytes(value));
        }

        return value;
    }

    /// <summary>Reads a bulk string that is a name.</summary>
    public static string ReadName(this ref RespReader reply) => Of(reply.ReadBytes());

    /// <summary>Reads a bulk string for the eye.</summary>
    public static string ReadShown(this ref RespReader reply) => Shown(reply.ReadBytes());

    /// <summary>Writes a name, given by its text, as one argument.</summary>
    public static void WriteName(this RespWriter writer, string text)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(text);
        if (text == Empty || text.Contains('\\', StringComparison.Ordinal)) writer.WriteBulk(Bytes(text));
        else writer.WriteBulk(text.AsSpan());
    }

    private static bool IsPlain(ReadOnlySpan<byte> value) =>
        value.IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0 && value.IndexOf((byte)'\\') < 0;

    private static void Escape(ReadOnlySpan<byte> value, StringBuilder text, bool isName)
    {
        while (!value.IsEmpty)
        {
            var isWhole = Rune.DecodeFromUtf8(value, out var rune, out var length) == OperationStatus.Done;
            if (isWhole && rune.Value == '\\') text.Append(isName ? "\\\\" : "\\");
            else if (isWhole && IsPrintable(rune)) text.Append(rune.ToString());
            else foreach (var b in value[..length]) AppendByte(text, b);
            value = value[length..];
        }
    }

    private static void AppendByte(StringBuilder text, byte b) => _ = b switch
    {
        (byte)'\n' => text.Append("\\n"),
        (byte)'\r' => text.Append("\\r"),
        (byte)'\t' => text.Append("\\t"),
        _ => text.Append("\\x").Append(b.ToString("x2", CultureInfo.InvariantCulture)),
    };

    private static bool IsPrintable(Rune rune) => rune.IsAscii
        ? rune.Value is >= ' ' and <= '~'
        : Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);

    private static (byte Value, int Length) Unescape(ReadOnlySpan<char> text) => text.Length < 2
        ? throw Bad(text)
        : text[1] switch
        {
            '\\' => ((byte)'\\', 2),
            'n' => ((byte)'\n', 2),
            'r' => ((byte)'\r', 2),
            't' => ((byte)'\t', 2),
            'x' when text.Length >= 4 && byte.TryParse(
                text[2..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) => (value, 4),
            _ => throw Bad(text),
        };

    private static FormatException Bad(ReadOnlySpan<char> text) =>
        new($"'{text}' is no text of a Redis name: a backslash is written as two, other bytes as \\x and two digits.");
}
