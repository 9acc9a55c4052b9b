namespace Quantum.Cli;

/// <summary>What a verb tells the shell.</summary>
internal static class ExitCode
{
    /// <summary>Done, and nothing is wrong.</summary>
    public const int Healthy = 0;

    /// <summary>Done, and something needs attention.</summary>
    public const int Findings = 1;

    /// <summary>Not done: wrong arguments, no Redis, no file.</summary>
    public const int CouldNotLook = 2;

    /// <summary>Ended by Ctrl+C.</summary>
    public const int Interrupted = 130;
}
