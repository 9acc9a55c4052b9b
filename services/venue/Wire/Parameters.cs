namespace Quantum.Venue.Wire;

/// <summary>The parameters of a request by name; those of the query win over those of the body.</summary>
public sealed class Parameters
{
    private readonly List<(string Name, string Value)> _pairs = new(16);

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<(string Name, string Value)> All => _pairs;

    /// <summary>Adds a pair; the first of a name counts.</summary>
    public void Add(string name, string value) => _pairs.Add((name, value));

    /// <summary>Null when it was not sent or is empty.</summary>
    public string? Find(string name)
    {
        foreach (var (known, value) in _pairs)
            if (known == name) return value.Length == 0 ? null : value;
        return null;
    }

    /// <summary>A number; false when it was sent and is none.</summary>
    public bool TryLong(string name, out long? value)
    {
        value = null;
        if (Find(name) is not { } text) return true;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var read))
            return false;
        value = read;
        return true;
    }

    /// <summary>A decimal number; false when it was sent and is none.</summary>
    public bool TryDecimal(string name, out decimal? value)
    {
        value = null;
        if (Find(name) is not { } text) return true;
        const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
        if (!decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var read)) return false;
        value = read;
        return true;
    }
}
