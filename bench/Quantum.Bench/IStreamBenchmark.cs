namespace Quantum.Bench;

/// <summary>One benchmark of the event log: a file of its own, listed in <see cref="StreamsVerb"/>.</summary>
internal interface IStreamBenchmark
{
    /// <summary>The word that `--only` takes.</summary>
    string Name { get; }

    /// <summary>Measures against servers that it starts itself; rounds shrink when <paramref name="quick"/>.</summary>
    IEnumerable<Figure> Run(bool quick);
}
