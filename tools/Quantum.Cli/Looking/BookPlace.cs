using Quantum.Instruments;

namespace Quantum.Cli.Looking;

/// <summary>Where this tree keeps its instruments, and which book that makes.</summary>
internal static class BookPlace
{
    private const string Name = "instruments.json";

    /// <summary>The file that <c>./quantum up</c> of this tree takes when it is there.</summary>
    public static string Path { get; } = System.IO.Path.Combine(Folder(), Name);

    /// <summary>The book that <c>./quantum up</c> would take, or the one of a file.</summary>
    public static InstrumentBook Book(string? file) => file is not null
        ? InstrumentBook.Load(file)
        : File.Exists(Path) ? InstrumentBook.Load(Path) : InstrumentBook.BuiltIn;

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "quantum.cmd")))
                return System.IO.Path.Combine(folder.FullName, ".quantum");
        return System.IO.Path.GetFullPath(".quantum");
    }
}
