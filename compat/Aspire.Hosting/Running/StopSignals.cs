using System.Runtime.InteropServices;

namespace Aspire.Hosting.Running;

/// <summary>Turns the first signal into a stop and the second into a kill.</summary>
internal sealed class StopSignals : IDisposable
{
    // A terminal or 'timeout' may deliver one wish twice, to the process and to its group.
    private const long SameSignalMs = 500;
    private readonly CancellationTokenSource _stopping;
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Action _killAll;
    private long _firstAtMs;

    public StopSignals(Action killAll, CancellationToken cancellationToken)
    {
        _killAll = killAll;
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGHUP];
        foreach (var signal in signals)
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }
    }

    public CancellationToken Stopping => _stopping.Token;

    public async Task WaitAsync()
    {
        try
        {
            await Task.Delay(Timeout.Infinite, Stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The signal came.
        }
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _stopping.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.CompareExchange(ref _firstAtMs, Environment.TickCount64, 0) == 0)
        {
            _stopping.Cancel();
        }
        else if (Environment.TickCount64 - _firstAtMs > SameSignalMs)
        {
            _killAll();
        }
    }
}
