namespace Quantum.Simulation;

/// <summary>One run: everything in it follows from this.</summary>
public sealed record SimulationSettings
{
    /// <summary>Where all chance comes from.</summary>
    public required long Seed { get; init; }

    /// <summary>Market time, minutes, from 10: the last five are without faults.</summary>
    public int Minutes { get; init; } = 60;

    /// <summary>Ends the run behind so many steps, from 1; null: at its end. Nothing before is changed by it.</summary>
    public int? Steps { get; init; }

    /// <summary>The numbers of the faults that happen; null: all that the seed plans.</summary>
    public IReadOnlyList<int>? Faults { get; init; }

    /// <summary>Told what happens, line by line.</summary>
    public Action<string>? Story { get; init; }

    /// <summary>
    /// True keeps state as a copy, written down when somebody loads or compares it; false writes it with every commit,
    /// as over Redis. The same comes of both.
    /// </summary>
    internal bool SavesCopies { get; init; } = true;

    /// <summary>What is done wrong on purpose.</summary>
    internal Alterations Alterations { get; init; } = Alterations.None;
}
