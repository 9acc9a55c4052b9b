namespace Quantum.Cli.Looking;

/// <summary>Asks the machine whether a run holds its folder.</summary>
internal static class RunLock
{
    /// <summary>
    /// True while a process holds the lock file; what a process left behind when it died holds nothing.
    /// </summary>
    public static bool IsHeld(string path)
    {
        if (!File.Exists(path)) return false;
        try
        {
            using var file = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
