using Quantum.Feeds.Files;

namespace Quantum.Feeds.Recorded;

/// <summary>Opens a text of separated values at its header.</summary>
internal static class CsvFile
{
    private const int MostLinesBefore = 8;

    /// <summary>
    /// The reader at the first line that is neither blank nor a comment (<c>#</c>) nor the address of whoever exported
    /// it; at the end when there is none.
    /// </summary>
    public static LineReader Open(TapePart part)
    {
        var reader = new LineReader(part);
        for (var i = 0; i < MostLinesBefore && reader.Next(); i++)
            if (!reader.Text.StartsWith("#"u8) && !reader.Text.StartsWith("http"u8)) return reader;
        return reader;
    }
}
