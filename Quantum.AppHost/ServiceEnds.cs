using Microsoft.Extensions.Configuration;
using Quantum.Contracts.Catalog;

namespace Quantum.AppHost;

/// <summary>Starts a process again that ended, and knows when one has ended so that the run cannot go on.</summary>
internal sealed class ServiceEnds(
    ResourceNotificationService notifications, ResourceCommandService commands, ResourceLoggerService logs,
    IConfiguration configuration, IReadOnlyList<string> processes)
{
    private const int Failed = 1;
    private const int LastLines = 15;
    private const string Market = "market";

    // Ctrl+C in a terminal reaches every process, and the run's own end follows within an instant.
    private static readonly TimeSpan s_instant = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The first end that ends the run, in words, and the exit code that it gives the run; waits for it.
    /// </summary>
    public async Task<(string Text, int ExitCode)> FirstFaultAsync(CancellationToken cancel) =>
        await await Task.WhenAny(processes.Select(name => WatchAsync(name, cancel)));

    private async Task<(string Text, int ExitCode)> WatchAsync(string name, CancellationToken cancel)
    {
        var mayEnd = name == Market && configuration.IsTape()
            && "true".Equals(configuration["Feed:ExitAtEnd"], StringComparison.OrdinalIgnoreCase);
        // The venue of mode sim plays one, too, to an account that begins anew with it.
        var isTape = configuration.IsTape() || name == ServiceHosts.SimulatedExchange;
        var life = new ProcessLife(isTape, mayEnd, TimeProvider.System);
        await foreach (var change in notifications.WatchAsync(cancel))
        {
            if (change.Resource.Name != name) continue;
            var code = change.Snapshot.ExitCode;
            var end = life.Hear(change.Snapshot.State?.Text, code);
            if (end == EndOf.Nothing) continue;
            if (code == 0) await Task.Delay(s_instant, cancel);
            var how = code is null ? "could not be started" : $"ended with exit code {code}";
            if (end == EndOf.Run)
            {
                var lines = await LastLinesAsync(change.ResourceId, cancel);
                return ($"quantum up: the run is over because '{name}' {how}. Its last lines:\n{lines}",
                    code == ProcessLife.CannotStart ? ProcessLife.CannotStart : Failed);
            }

            await TellAsync(name, how, code, life.Pause, change.ResourceId, cancel);
            await Task.Delay(life.Pause, cancel);
            var result = await commands.ExecuteCommandAsync(
                change.ResourceId, KnownResourceCommands.StartCommand, cancel);
            if (result.Success) continue;
            if (isTape)
                return ($"quantum up: '{name}' {how} and could not be started again: {result.Message}", Failed);
            life.NotStarted();
            Console.WriteLine($"'{name}' was not started again: {result.Message}");
        }

        throw new OperationCanceledException(cancel);
    }

    // Who was ended from outside has nothing to say about it.
    private async Task TellAsync(
        string name, string how, int? code, TimeSpan pause, string resourceId, CancellationToken cancel)
    {
        var when = pause == TimeSpan.Zero ? "" : $" in {pause.TotalSeconds:0} s";
        var why = code is null or > 0 and < ProcessLife.FirstSignal
            ? $". Its last lines:\n{await LastLinesAsync(resourceId, cancel)}\nIt is started again{when}."
            : code == 0 ? $": it is started again{when}." : $", by a signal: it is started again{when}.";
        Console.WriteLine($"'{name}' {how}{why}");
    }

    private async Task<string> LastLinesAsync(string resourceId, CancellationToken cancel)
    {
        var lines = new List<string>();
        await foreach (var batch in logs.GetAllAsync(resourceId).WithCancellation(cancel))
            lines.AddRange(batch.Select(line => "  " + line.Content));
        return lines.Count == 0 ? "  (it wrote none)" : string.Join('\n', lines.TakeLast(LastLines));
    }
}
