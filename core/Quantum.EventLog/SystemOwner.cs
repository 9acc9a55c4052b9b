namespace Quantum.EventLog;

/// <summary>
/// Whose system a Redis holds: the id of the folder that runs it, written into <see cref="LogKeys.Topology"/> by hosts
/// that are given one. An operator's word from another folder is refused by it.
/// </summary>
public static class SystemOwner
{
    /// <summary>The field of the topology's hash.</summary>
    public const string Field = "owner";

    /// <summary>What an id may look like.</summary>
    public const string Form = "1 to 64 letters, digits, dots, dashes and underscores";

    private const int Longest = 64;

    public static bool IsValid(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.Length is > 0 and <= Longest
            && id.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '.' or '-' or '_');
    }
}
