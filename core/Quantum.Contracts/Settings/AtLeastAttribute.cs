namespace Quantum.Contracts.Settings;

/// <summary>A setting not below a number or another setting.</summary>
public sealed class AtLeastAttribute : LimitAttribute
{
    public AtLeastAttribute(double limit)
        : base(limit, null)
    {
    }

    public AtLeastAttribute(string setting)
        : base(0, setting)
    {
    }

    protected override bool Holds(double value, double limit) => value >= limit;

    protected override string WordsOf(string limit) => $"{limit} or more";
}
