namespace Quantum.Contracts.Settings;

/// <summary>A setting not above another setting.</summary>
public sealed class AtMostAttribute : LimitAttribute
{
    public AtMostAttribute(string setting)
        : base(0, setting)
    {
    }

    protected override bool Holds(double value, double limit) => value <= limit;

    protected override string WordsOf(string limit) => $"at most {limit}";
}
