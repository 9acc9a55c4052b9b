namespace Quantum.EndToEnd.Tests;

/// <summary>Tests that measure how long something takes: they run when all others have ended.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneGroup
{
    public const string Name = "by the clock";
}
