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

    /// <summary>The same as a pattern.</summary>
    public const string Pattern = "[A-Za-z0-9._-]{1,64}";
}
