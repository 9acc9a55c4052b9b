namespace Quantum.Resp;

/// <summary>
/// Reads the server's INFO text: a field and its value on each line, headings between. Values are made fit to be shown.
/// </summary>
internal static class InfoText
{
    public static Dictionary<string, string> Read(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0) fields[line[..colon]] = NameText.Shown(line[(colon + 1)..].Trim());
        }

        return fields;
    }
}
