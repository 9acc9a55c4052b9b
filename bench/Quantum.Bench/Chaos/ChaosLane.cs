using System.Diagnostics;
using Quantum.EventLog;
using Quantum.Resp;

namespace Quantum.Bench.Chaos;

/// <summary>
/// One system after the other, each with a Redis, an exchange, ports and folders of its own, and the cells that are run
/// on it. For one thread; several lanes run side by side, since a cell mostly waits.
/// </summary>
/// <param name="options">What was asked for.</param>
/// <param name="seed">Of this lane's market.</param>
/// <param name="interruption">Ends it.</param>
internal sealed class ChaosLane(ChaosOptions options, int seed, Interruption interruption) : IDisposable
{
    // What a run looks at grows with what was traded: a system that is old makes every look slow.
    private const int MostRuns = 40;

    // A start takes all of the machine: several at once would take longer than any of them may.
    private static readonly Lock s_starts = new();

    private ChaosRun? _run;
    private int _runs;

    /// <summary>All runs of a cell; null when it was interrupted before the first one was over.</summary>
    public ChaosRow? Row(ChaosCell cell)
    {
        var outcomes = new List<ChaosOutcome>();
        string? failure = null;
        while (outcomes.Count < options.Runs && failure is null && !interruption.IsAsked)
        {
            try
            {
                outcomes.Add(Once(cell));
            }
            catch (Exception fault) when (fault is InvalidOperationException or RespException or LogUnavailableException
                or LogRefusedException or TimeoutException or OperationCanceledException)
            {
                EndSystem(cell);
                if (!interruption.IsAsked) failure = fault.Message;
            }
        }

        return outcomes.Count == 0 && failure is null ? null : new ChaosRow(cell, outcomes, failure);
    }

    public void Dispose() => _run?.Dispose();

    private ChaosOutcome Once(ChaosCell cell)
    {
        if (_runs >= MostRuns) EndSystem();
        var run = _run ?? Start();
        _runs++;
        var outcome = run.Run(cell);
        // What is wrong stays wrong: the next cell begins with a system that nothing is wrong with.
        if (!outcome.IsMet) EndSystem(cell);
        return outcome;
    }

    private ChaosRun Start()
    {
        lock (s_starts)
        {
            var started = Stopwatch.GetTimestamp();
            var run = _run = new ChaosRun(seed, interruption.Token);
            run.Await();
            Console.Error.WriteLine(FormattableString.Invariant(
                $"a system of {ChaosCell.Services.Count()} services and an exchange stands, ")
                + FormattableString.Invariant($"{Stopwatch.GetElapsedTime(started).TotalSeconds:0} s"));
            return run;
        }
    }

    // Its logs are left behind where a cell was not met.
    private void EndSystem(ChaosCell? missed = null)
    {
        if (missed is not null && options.LogFolder is { } folder)
        {
            var name = missed.Name.Replace(':', '-').Replace('/', '-');
            _run?.KeepLogs(Directory.CreateDirectory(Path.Combine(folder, name)).FullName);
        }

        _run?.Dispose();
        (_run, _runs) = (null, 0);
    }
}
