namespace Aspire.Hosting.ApplicationModel;

/// <summary>The commands that every process has.</summary>
public static class KnownResourceCommands
{
    /// <summary>Starts a process that has ended.</summary>
    public static readonly string StartCommand = "resource-start";
}
