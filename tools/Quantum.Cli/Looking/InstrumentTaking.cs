using Quantum.Instruments;

namespace Quantum.Cli.Looking;

/// <summary>Takes files of facts into a book: shows what changes, and writes it when told to.</summary>
internal static class InstrumentTaking
{
    /// <summary>Gives the exit code.</summary>
    public static int Run(
        IReadOnlyList<string> files, string target, bool isOnly, IReadOnlyList<string> without, bool isYes, bool isJson)
    {
        var names = without.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries)).ToHashSet();
        var older = File.Exists(target) ? InstrumentBook.Load(target) : InstrumentBook.BuiltIn;
        var import = BookImport.Of(older, files, isOnly, names);
        var difference = BookDifference.Of(older, import.Book);
        if (isYes) Write(target, BookText.Of(import.Book));
        if (isJson)
        {
            JsonText.Print(new
            {
                target, older = older.ToString(), isWritten = isYes, difference = InstrumentText.Document(difference),
                left = import.Files.SelectMany(file => file.Left.Select(row => new { file.Name, Row = row })),
                assumedBrackets = import.AssumedBrackets.Select(symbol => symbol.Name),
            });
        }
        else
        {
            Console.Out.WriteLine($"over {older}");
            InstrumentText.Show(Console.Out, difference);
            InstrumentText.ShowLeft(Console.Out, import);
            Console.Out.WriteLine(
                isYes ? $"written to {target}" : $"nothing is written yet: --yes replaces {target}");
        }

        return isYes || difference.IsNone ? ExitCode.Healthy : ExitCode.Findings;
    }

    // Whoever reads meanwhile gets the old or the new book, never half of one.
    private static void Write(string target, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var fresh = target + ".new";
        File.WriteAllText(fresh, text);
        File.Move(fresh, target, overwrite: true);
    }
}
