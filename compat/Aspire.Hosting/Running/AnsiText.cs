using System.Text.RegularExpressions;

namespace Aspire.Hosting.Running;

/// <summary>Text with the colours of a terminal.</summary>
internal static partial class AnsiText
{
    /// <summary>The text without control sequences, for files and pipes.</summary>
    public static string Strip(string line) => line.Contains('\e', StringComparison.Ordinal)
        ? Sequence().Replace(line, "") : line;

    [GeneratedRegex("\e\\[[0-9;?]*[ -/]*[@-~]")]
    private static partial Regex Sequence();
}
