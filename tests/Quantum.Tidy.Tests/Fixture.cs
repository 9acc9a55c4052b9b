namespace Quantum.Tidy.Tests;

/// <summary>A temporary folder of sources, to prove that a guard can fail.</summary>
internal sealed class Fixture : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quantum-tidy-");

    public SourceTree Tree => new(_folder.FullName);

    public Fixture With(string path, string text)
    {
        var full = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return this;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
