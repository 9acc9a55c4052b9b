using System.Runtime.InteropServices;

namespace Quantum.Bench;

/// <summary>
/// Ctrl+C and SIGTERM end a run in order: what was started is ended, what was measured is told, and the exit code says
/// so. Any thread.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>Of a command that was interrupted.</summary>
    public const int ExitCode = 130;

    private readonly CancellationTokenSource _cancel = new();
    private readonly PosixSignalRegistration _onInterrupt;
    private readonly PosixSignalRegistration _onTerm;

    public Interruption()
    {
        _onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        _onTerm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    }

    /// <summary>Cancelled when it is asked for.</summary>
    public CancellationToken Token => _cancel.Token;

    /// <summary>True once it was asked for.</summary>
    public bool IsAsked => _cancel.IsCancellationRequested;

    public void Dispose()
    {
        _onInterrupt.Dispose();
        _onTerm.Dispose();
        _cancel.Dispose();
    }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _cancel.Cancel();
    }
}
