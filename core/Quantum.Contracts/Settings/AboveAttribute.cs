namespace Quantum.Contracts.Settings;

/// <summary>A setting above a number or above another setting.</summary>
public sealed class AboveAttribute : LimitAttribute
{
    public AboveAttribute(double limit)
        : base(limit, null)
    {
    }

    public AboveAttribute(string setting)
        : base(0, setting)
    {
    }

    protected override bool Holds(double value, double limit) => value > limit;

    protected override string WordsOf(string limit) => $"above {limit}";
}
