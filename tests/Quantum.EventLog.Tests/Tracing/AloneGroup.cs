namespace Quantum.EventLog.Tests.Tracing;

/// <summary>Whoever listens to spans hears those of every test in the process: these run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneGroup
{
    public const string Name = "listens to spans";
}
