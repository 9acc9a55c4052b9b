namespace Quantum.EndToEnd.Tests;

/// <summary>
/// Tests that start a whole system each: they run when all others of this assembly have ended. Other assemblies run
/// beside them, so nothing here holds by the clock.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneGroup
{
    public const string Name = "whole systems";
}
