namespace Quantum.Roles.ExitBrain;

/// <summary>One target of a plan.</summary>
internal sealed class PlanTarget
{
    /// <summary>Quote currency.</summary>
    public required decimal Price { get; init; }

    /// <summary>Share of the entered quantity, 0 to 1.</summary>
    public required decimal ShareFraction { get; init; }

    /// <summary>Base quantity still to be taken here, 0 or more.</summary>
    public decimal LeftQuantity { get; set; }

    public bool IsDone { get; set; }
}
