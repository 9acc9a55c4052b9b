using System.Security.Cryptography;

namespace Quantum.AppHost;

/// <summary>Files that only their owner may read.</summary>
internal static class PrivateFile
{
    private const int PasswordBytes = 16;

    /// <summary>A password that nobody else knows, of letters and digits.</summary>
    public static string NewPassword() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PasswordBytes));

    /// <summary>Writes a file anew.</summary>
    public static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        // The mode counts for new files alone.
        File.Delete(path);
        using var file = new StreamWriter(path, options);
        file.Write(text);
    }
}
