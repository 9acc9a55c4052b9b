namespace Quantum.Console.Tests.Harness;

/// <summary>The tests that share the running system, one after the other.</summary>
[CollectionDefinition(nameof(LiveGroup))]
public sealed class LiveGroup : ICollectionFixture<LiveSystem>;
