using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Quantum.Looking;

/// <summary>
/// The file of the keys with which programs ask the console: a name, a role and a hash each, readable by its owner
/// alone. A key is 256 random bits, so a plain hash of it tells nothing.
/// </summary>
public static partial class ApiKeyFile
{
    private const string Prefix = "quantum";
    private const int IdBytes = 4;
    private const int SecretBytes = 32;
    private static readonly JsonSerializerOptions s_options =
        new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Every key; none where there is no file yet.</summary>
    /// <exception cref="JsonException">The file holds no keys.</exception>
    public static IReadOnlyList<ApiKey> Read(string path)
    {
        if (!File.Exists(path)) return [];
        var keys = JsonSerializer.Deserialize<List<ApiKey>>(File.ReadAllText(path), s_options) ?? [];
        return keys.TrueForAll(IsWhole) ? keys : throw new JsonException(
            $"a key in '{path}' has no name, role or hash: mend the file, or make its keys anew "
            + "(./quantum api-key add NAME --role reader).");
    }

    /// <summary>Makes one; the answer is the key itself, which nobody can tell again.</summary>
    public static string Add(string path, string name, string role, long nowMs)
    {
        if (!NameForm().IsMatch(name))
            throw new LookException($"'{name}' is no name of a key: take 1 to 40 of a-z, A-Z, 0-9, '.', '_' and '-'.");
        if (!ApiKey.Roles.Contains(role, StringComparer.Ordinal))
            throw new LookException($"the role is '{role}': take {string.Join(" or ", ApiKey.Roles)}.");
        using var turn = Turn(path);
        var keys = Read(path);
        if (keys.Any(key => key.Name == name))
            throw new LookException($"a key named '{name}' is there already: revoke it first, or take another name.");
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        Write(path, [.. keys, new ApiKey(id, name, role, HashOf(secret), nowMs)]);
        return $"{Prefix}_{id}_{secret}";
    }

    /// <summary>Takes one away: it opens nothing from now on.</summary>
    public static void Revoke(string path, string name)
    {
        using var turn = Turn(path);
        var keys = Read(path);
        var left = keys.Where(key => key.Name != name).ToList();
        if (left.Count == keys.Count)
            throw new LookException(
                $"no key is named '{name}' in '{path}': ./quantum api-key list shows those that are.");
        Write(path, left);
    }

    /// <summary>Which of the keys a text is; null when it is none of them.</summary>
    public static ApiKey? Find(IReadOnlyList<ApiKey> keys, string text)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(text);
        if (text.Split('_') is not [Prefix, var id, var secret]) return null;
        var known = keys.FirstOrDefault(key => key.Id == id);
        var isRight = CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(known?.Sha256 ?? ""), Encoding.ASCII.GetBytes(HashOf(secret)));
        return isRight ? known : null;
    }

    private static bool IsWhole(ApiKey? key) => key is { Id.Length: > 0, Name.Length: > 0, Sha256.Length: 64 }
        && ApiKey.Roles.Contains(key.Role, StringComparer.Ordinal);

    private static string HashOf(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    // One change at a time, so that none is lost.
    private static FileStream Turn(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    private static void Write(string path, IReadOnlyList<ApiKey> keys)
    {
        var next = path + ".next";
        File.Delete(next);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(next, options)) JsonSerializer.Serialize(file, keys, s_options);
        File.Move(next, path, overwrite: true);
    }

    [GeneratedRegex("^[A-Za-z0-9._-]{1,40}$")]
    private static partial Regex NameForm();
}
