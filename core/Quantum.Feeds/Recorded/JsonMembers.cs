namespace Quantum.Feeds.Recorded;

/// <summary>
/// Goes through the members of one JSON object without building anything and without throwing: a recorded frame that is
/// cut off must give a message with its line.
/// </summary>
internal ref struct JsonMembers
{
    private ReadOnlySpan<byte> _rest;
    private bool _isFirst;

    public JsonMembers(ReadOnlySpan<byte> json)
    {
        _rest = json.Trim(JsonScan.Blanks);
        _isFirst = true;
        IsBroken = _rest.Length < 2 || _rest[0] != '{' || _rest[^1] != '}';
        if (!IsBroken) _rest = _rest[1..];
    }

    /// <summary>True when the text is no JSON object.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>
    /// The next member; false at the end or when the text is broken. Text values come without quotes.
    /// </summary>
    public bool Next(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = default;
        if (IsBroken) return false;
        var rest = _rest.TrimStart(JsonScan.Blanks);
        if (rest.SequenceEqual("}"u8)) return false;
        if (!_isFirst && !JsonScan.Skip(ref rest, ',')) return Break();
        _isFirst = false;
        rest = rest.TrimStart(JsonScan.Blanks);
        if (!JsonScan.ReadText(ref rest, out name)) return Break();
        rest = rest.TrimStart(JsonScan.Blanks);
        if (!JsonScan.Skip(ref rest, ':')) return Break();
        rest = rest.TrimStart(JsonScan.Blanks);
        if (!JsonScan.ReadValue(ref rest, out value)) return Break();
        _rest = rest;
        return true;
    }

    private bool Break()
    {
        IsBroken = true;
        return false;
    }
}
