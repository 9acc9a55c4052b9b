using System.Text;
using StackExchange.Redis;

namespace Quantum.EndToEnd.Tests.Harness;

/// <summary>What a server says of the rights of its users.</summary>
internal static class RedisRights
{
    /// <summary>Fails when anybody was refused anything since the server's start.</summary>
    public static async Task NothingRefusedAsync(IDatabase redis)
    {
        var refused = await RefusedAsync(redis);
        Assert.True(refused.Length == 0, "refused: " + string.Join("\n", refused));
    }

    /// <summary>One line for each kind of refusal.</summary>
    public static async Task<string[]> RefusedAsync(IDatabase redis) =>
        [.. ((RedisResult[])(await redis.ExecuteAsync("ACL", "LOG"))!).Select(entry =>
            string.Join(' ', ((RedisResult[])entry!).Select(part => part.ToString())))];

    /// <summary>Fails when somebody else may read a file with this secret in it.</summary>
    public static void OwnerAloneReadsWhatHolds(string file, string secret)
    {
        // Elsewhere who may read is no mode of the file.
        if (OperatingSystem.IsWindows()) return;
        if (File.GetUnixFileMode(file) is (UnixFileMode.UserRead | UnixFileMode.UserWrite)) return;
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            Assert.False(reader.ReadToEnd().Contains(secret, StringComparison.Ordinal), $"{file} holds a password");
        }
        catch (IOException) when (Path.GetFileName(file) == "run.lock")
        {
            // Held by the run, and empty.
        }
    }
}
