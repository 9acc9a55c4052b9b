using System.Text;

namespace Quantum.EndToEnd.Tests.Harness;

/// <summary>What anybody on this machine reads of its processes: the arguments of every one that was seen.</summary>
internal sealed class OpenWords
{
    private readonly StringBuilder _all = new();

    /// <summary>Everything so far.</summary>
    public string All => _all.ToString();

    /// <summary>Looks once more; always true, so that a condition can begin with it.</summary>
    public bool Look()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!Path.GetFileName(folder).All(char.IsAsciiDigit)) continue;
            try
            {
                _all.AppendLine(File.ReadAllText(Path.Combine(folder, "cmdline")));
            }
            catch (IOException)
            {
                // It ended meanwhile.
            }
        }

        return true;
    }
}
