namespace Quantum.Tidy.Tests.Launcher;

/// <summary>What one start of the launcher did.</summary>
internal sealed record LauncherRun(int ProcessId, int ExitCode, string Output, string Error);
