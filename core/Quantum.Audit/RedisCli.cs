namespace Quantum.Audit;

/// <summary>
/// Commands for a person's shell: redis-cli with the server they belong to, and every name quoted so that the shell and
/// redis-cli give Redis its exact bytes. A password is never in them: redis-cli takes it from REDISCLI_AUTH.
/// </summary>
internal sealed record RedisCli(RespEndpoint Endpoint, bool IsCluster = false)
{
    /// <summary>The command as a line; names are given by their text (<see cref="NameText"/>).</summary>
    public string Command(params ReadOnlySpan<string> arguments)
    {
        var line = new StringBuilder("redis-cli");
        if (IsCluster) line.Append(" -c");
        if (Endpoint.Host != "127.0.0.1") line.Append(" -h ").Append(Word(Endpoint.Host));
        if (Endpoint.Port != RespEndpoint.DefaultPort) Add(line, "-p", Endpoint.Port);
        if (Endpoint.Database != 0) Add(line, "-n", Endpoint.Database);
        if (Endpoint.User is { } user) line.Append(" --user ").Append(Word(user));
        if (Endpoint.UseTls) line.Append(" --tls");
        var isQuoted = false;
        foreach (var argument in arguments) isQuoted |= !IsPrintable(argument);
        // The shell has no portable way to write such bytes; redis-cli has one.
        if (isQuoted) line.Append(" --quoted-input");
        foreach (var argument in arguments) line.Append(' ').Append(isQuoted ? Escaped(argument) : Word(argument));
        return line.ToString();
    }

    /// <summary>A word of a POSIX shell, quoted where it needs to be.</summary>
    public static string Word(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "-_.:/@%+=,".Contains(c))
            ? text
            : "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private static bool IsPrintable(string text) =>
        text != "''" && !text.Contains('\\', StringComparison.Ordinal);

    // Inside double quotes redis-cli reads escapes; inside single ones the shell reads nothing.
    private static string Escaped(string text)
    {
        var quoted = new StringBuilder("'\"");
        foreach (var b in NameText.Bytes(text))
        {
            _ = b is >= (byte)' ' and <= (byte)'~' and not ((byte)'"' or (byte)'\\' or (byte)'\'')
                ? quoted.Append((char)b)
                : quoted.Append("\\x").Append(b.ToString("x2", CultureInfo.InvariantCulture));
        }

        return quoted.Append("\"'").ToString();
    }

    private static void Add(StringBuilder line, string option, int value) =>
        line.Append(' ').Append(option).Append(' ').Append(value.ToString(CultureInfo.InvariantCulture));
}
