namespace Quantum.Feeds.Recorded;

/// <summary>
/// Goes through the members of one JSON object without building anything and without throwing: a recorded frame that is
/// cut off must give a message with its line.
/// </summary>
internal ref struct JsonMembers
{
    private ReadOnlySpan<char> _rest;
    private bool _isFirst;

    public JsonMembers(ReadOnlySpan<char> json)
    {
        _rest = json.Trim();
        _isFirst = true;
        IsBroken = _rest.Length < 2 || _rest[0] != '{' || _rest[^1] != '}';
        if (!IsBroken) _rest = _rest[1..];
    }

    /// <summary>True when the text is no JSON object.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>
    /// The next member; false at the end or when the text is broken. Text values come without quotes.
    /// </summary>
    public bool Next(out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        name = value = default;
        if (IsBroken) return false;
        _rest = _rest.TrimStart();
        if (_rest is "}") return false;
        if (!_isFirst && !Skip(',')) return Break();
        _isFirst = false;
        _rest = _rest.TrimStart();
        if (!ReadText(out name)) return Break();
        _rest = _rest.TrimStart();
        if (!Skip(':')) return Break();
        _rest = _rest.TrimStart();
        return ReadValue(out value) || Break();
    }

    private bool ReadValue(out ReadOnlySpan<char> value)
    {
        value = default;
        if (_rest.IsEmpty) return false;
        if (_rest[0] == '"') return ReadText(out value);
        if (_rest[0] is '{' or '[') return ReadNested(out value);
        var end = _rest.IndexOfAny(',', '}', ']');
        if (end <= 0) return false;
        value = _rest[..end].Trim();
        _rest = _rest[end..];
        return value.Length > 0;
    }

    private bool ReadNested(out ReadOnlySpan<char> value)
    {
        value = default;
        var (depth, isText) = (0, false);
        for (var i = 0; i < _rest.Length; i++)
        {
            var c = _rest[i];
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
                value = _rest[..(i + 1)];
                _rest = _rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    private bool ReadText(out ReadOnlySpan<char> text)
    {
        text = default;
        if (!Skip('"')) return false;
        for (var i = 0; i < _rest.Length; i++)
        {
            if (_rest[i] == '\\') i++;
            else if (_rest[i] == '"')
            {
                text = _rest[..i];
                _rest = _rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    private bool Skip(char c)
    {
        if (_rest.IsEmpty || _rest[0] != c) return false;
        _rest = _rest[1..];
        return true;
    }

    private bool Break()
    {
        IsBroken = true;
        return false;
    }
}
