namespace Quantum.Roles.Gates;

/// <summary>
/// What a gate found and what it asks for. It is open or closed by these two alone, so that nothing else can be told
/// than what was judged; what is unknown closes it.
/// </summary>
internal readonly struct GateReading
{
    private readonly GateValue _figure;
    private readonly GateValue _limit;
    private readonly GateValue? _upper;
    private readonly string? _relation;
    private readonly string _unit;

    private GateReading(
        bool isOpen, GateValue figure, string? relation, GateValue limit, string unit, GateValue? upper = null) =>
        (IsOpen, _figure, _relation, _limit, _unit, _upper) = (isOpen, figure, relation, limit, unit, upper);

    /// <summary>A gate that has nothing to ask of this entry: open.</summary>
    public static GateReading NotAsked => new(true, "", null, "", "");

    public bool IsOpen { get; }

    /// <summary>What was found, with its unit.</summary>
    public string Figure => With(_figure);

    /// <summary>What was asked of it.</summary>
    public string Limit => _upper is { } upper ? $"{_limit} to {With(upper)}"
        : _relation is null ? _limit.ToString() : $"{_relation} {With(_limit)}";

    public static GateReading AtMost(GateValue figure, GateValue limit, string unit = "") =>
        new(GateValue.Compare(in figure, in limit) <= 0, figure, "at most", limit, unit);

    public static GateReading AtLeast(GateValue figure, GateValue limit, string unit = "") =>
        new(GateValue.Compare(in figure, in limit) >= 0, figure, "at least", limit, unit);

    public static GateReading Below(GateValue figure, GateValue limit, string unit = "") =>
        new(GateValue.Compare(in figure, in limit) < 0, figure, "below", limit, unit);

    public static GateReading Above(GateValue figure, GateValue limit, string unit = "") =>
        new(GateValue.Compare(in figure, in limit) > 0, figure, "above", limit, unit);

    /// <summary>Open from the one to the other, both included.</summary>
    public static GateReading Within(GateValue figure, GateValue least, GateValue most, string unit = "") => new(
        GateValue.Compare(in figure, in least) >= 0 && GateValue.Compare(in figure, in most) <= 0,
        figure, null, least, unit, most);

    /// <summary>Open for one word or one number.</summary>
    public static GateReading Is(GateValue figure, GateValue wanted, string unit = "") => new(
        GateValue.IsSame(in figure, in wanted) || GateValue.Compare(in figure, in wanted) == 0, figure, null, wanted,
        unit);

    /// <summary>Open for every word but one.</summary>
    public static GateReading Not(string figure, string refused) => new(figure != refused, figure, "not", refused, "");

    /// <summary>Open where something is known, whatever it is.</summary>
    public static GateReading Known(bool isKnown) => Is(isKnown ? "known" : "unknown", "known");

    /// <summary>As it is told of an entry that passed.</summary>
    public PassedGate Passed(string gate) => new(gate, Figure, Limit);

    /// <summary>Figure and limit in one line.</summary>
    public override string ToString() => $"{Figure}, asked for: {Limit}";

    private string With(GateValue value) => _unit.Length == 0 ? value.ToString() : $"{value} {_unit}";
}

/// <summary>A figure of a gate: a number or a word; none where it is not known.</summary>
internal readonly struct GateValue
{
    private readonly decimal? _exact;
    private readonly double? _real;
    private readonly string? _word;

    private GateValue(decimal? exact, double? real, string? word) => (_exact, _real, _word) = (exact, real, word);

    public static implicit operator GateValue(decimal? number) => new(number, null, null);
    public static implicit operator GateValue(decimal number) => new(number, null, null);
    public static implicit operator GateValue(double? number) => new(null, number, null);
    public static implicit operator GateValue(double number) => new(null, number, null);
    public static implicit operator GateValue(long? number) => new(number, null, null);
    public static implicit operator GateValue(long number) => new(number, null, null);
    public static implicit operator GateValue(int number) => new(number, null, null);
    public static implicit operator GateValue(string? word) => new(null, null, word);

    /// <summary>Below 0, 0 or above 0; null where either is no number, as NaN: no gate is open on it.</summary>
    public static int? Compare(in GateValue left, in GateValue right)
    {
        if (left._exact is { } exact && right._exact is { } other) return exact.CompareTo(other);
        if (left.Real is not { } one || right.Real is not { } two) return null;
        if (double.IsNaN(one) || double.IsNaN(two)) return null;
        return one.CompareTo(two);
    }

    /// <summary>True where both are the same word.</summary>
    public static bool IsSame(in GateValue left, in GateValue right) =>
        left._word is not null && left._word == right._word;

    /// <summary>The number or word, <c>unknown</c> where there is none.</summary>
    public override string ToString() => _word
        ?? _exact?.ToString("0.########", CultureInfo.InvariantCulture)
        ?? _real?.ToString("0.########", CultureInfo.InvariantCulture) ?? "unknown";

    private double? Real => _real ?? (double?)_exact;
}
