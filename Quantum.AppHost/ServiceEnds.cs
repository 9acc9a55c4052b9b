using Microsoft.Extensions.Configuration;

namespace Quantum.AppHost;

/// <summary>Starts a killed process again, and knows when one has ended so that the run cannot go on.</summary>
internal sealed class ServiceEnds(
    ResourceNotificationService notifications, ResourceCommandService commands, ResourceLoggerService logs,
    IConfiguration configuration, IReadOnlyList<string> processes)
{
    // What a service gives that says "cannot start"; from 128 on, or below 0, the process was ended by a signal.
    private const int CannotStart = 2;
    private const int FirstSignal = 128;

    // One that dies at once each time is not helped by another start.
    private const int MostStarts = 20;

    private const int LastLines = 15;

    /// <summary>The first end that ends the run, in words; waits for it.</summary>
    public async Task<string> FirstFaultAsync(CancellationToken cancel) =>
        await await Task.WhenAny(processes.Select(name => WatchAsync(name, cancel)));

    private async Task<string> WatchAsync(string name, CancellationToken cancel)
    {
        for (var starts = 0; ; starts++)
        {
            var end = await notifications.WaitForResourceAsync(name, NeedsUs, cancel);
            var how = end.Snapshot.ExitCode is { } code ? $"ended with exit code {code}" : "could not be started";
            if (!WasKilled(end.Snapshot.ExitCode) || starts == MostStarts)
            {
                var lines = await LastLinesAsync(end.ResourceId, cancel);
                return $"quantum up: the run is over because '{name}' {how}. Its last lines:\n{lines}";
            }

            Console.WriteLine($"'{name}' {how}, by a signal: it is started again.");
            var result = await commands.ExecuteCommandAsync(end.ResourceId, KnownResourceCommands.StartCommand, cancel);
            if (!result.Success)
                return $"quantum up: '{name}' {how} and could not be started again: {result.Message}";
            await notifications.WaitForResourceAsync(name, change => !IsOver(change), cancel);
        }
    }

    private async Task<string> LastLinesAsync(string resourceId, CancellationToken cancel)
    {
        var lines = new List<string>();
        await foreach (var batch in logs.GetAllAsync(resourceId).WithCancellation(cancel))
            lines.AddRange(batch.Select(line => "  " + line.Content));
        return lines.Count == 0 ? "  (it wrote none)" : string.Join('\n', lines.TakeLast(LastLines));
    }

    private bool NeedsUs(ResourceEvent change)
    {
        if (!IsOver(change)) return false;
        if (change.Snapshot.State?.Text == KnownResourceStates.FailedToStart) return true;
        return change.Snapshot.ExitCode switch
        {
            null or 0 => false,
            CannotStart => true,
            // A recording waits for every reader, so without one it would wait for ever.
            { } code => WasKilled(code) || configuration.IsTape(),
        };
    }

    private static bool IsOver(ResourceEvent change) =>
        change.Snapshot.State?.Text is { } state && KnownResourceStates.TerminalStates.Contains(state);

    private static bool WasKilled(int? exitCode) => exitCode is < 0 or >= FirstSignal;
}
