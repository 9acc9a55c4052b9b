using Microsoft.Extensions.Configuration;

namespace Quantum.AppHost;

/// <summary>Knows when a process of the run has ended so that the run cannot go on.</summary>
internal sealed class ServiceEnds(
    ResourceNotificationService notifications, IConfiguration configuration, IReadOnlyList<string> processes)
{
    // What a service gives that says "cannot start"; from 128 on, the process was ended by a signal.
    private const int CannotStart = 2;
    private const int FirstSignal = 128;

    /// <summary>The first end that ends the run, in words; waits for it.</summary>
    public async Task<string> FirstFaultAsync(CancellationToken cancel)
    {
        var first = await await Task.WhenAny(
            processes.Select(name => notifications.WaitForResourceAsync(name, EndsTheRun, cancel)));
        var how = first.Snapshot.ExitCode is { } code ? $"ended with exit code {code}" : "could not be started";
        return $"the run is over because '{first.Resource.Name}' {how}; its last lines above say why.";
    }

    private bool EndsTheRun(ResourceEvent change)
    {
        var state = change.Snapshot.State?.Text;
        if (state == KnownResourceStates.FailedToStart) return true;
        if (state is null || !KnownResourceStates.TerminalStates.Contains(state)) return false;
        return change.Snapshot.ExitCode switch
        {
            null or 0 => false,
            CannotStart => true,
            // A recording waits for every reader. Killed ones can be started again by hand, unless nobody is there to.
            < FirstSignal => configuration.IsTape(),
            _ => configuration.GetValue<bool>("Run:ExitAtEnd"),
        };
    }
}
