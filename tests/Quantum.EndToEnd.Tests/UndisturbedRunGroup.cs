namespace Quantum.EndToEnd.Tests;

/// <summary>Tests that look at one run, which is played once for all of them.</summary>
[CollectionDefinition(UndisturbedRun.Name)]
public sealed class UndisturbedRunGroup : ICollectionFixture<UndisturbedRun>;
