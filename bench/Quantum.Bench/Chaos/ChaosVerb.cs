using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Quantum.Bench.Chaos;

/// <summary>
/// `chaos`: faults times moments on real processes. Exit code 0 when every bar is met, 1 when one is missed or a cell
/// could not be carried through, 130 when it was interrupted; the cells that were done are kept and told all the same.
/// </summary>
internal sealed class ChaosVerb : IDisposable
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    private readonly ChaosOptions _options;
    private readonly Interruption _interruption = new();
    private readonly Queue<ChaosCell> _left;
    private readonly List<ChaosRow> _rows = [];
    private readonly Lock _gate = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly string _day = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    private bool _hasFailed;

    private ChaosVerb(ChaosOptions options) => (_options, _left) = (options, new Queue<ChaosCell>(options.Cells));

    public static int Run(string[] given)
    {
        if (ChaosOptions.TryParse(given, out var options) is { } fault) return Program.Usage(fault);
        if (options.List)
        {
            foreach (var cell in options.Cells) Console.WriteLine(cell.Name);
            return 0;
        }

        using var verb = new ChaosVerb(options);
        return verb.Run();
    }

    public void Dispose() => _interruption.Dispose();

    private int Run()
    {
        var lanes = Math.Min(_options.Parallel, _left.Count);
        // The first of several faults is thrown, once every lane has ended what it started.
        Task.WhenAll(Enumerable.Range(0, lanes).Select(number => Task.Factory.StartNew(
            () => Work(_options.Seed + number), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default))).GetAwaiter().GetResult();
        Tell();
        return _interruption.IsAsked ? Interruption.ExitCode : _rows.All(row => row.IsMet) ? 0 : 1;
    }

    private void Work(int seed)
    {
        var isOver = false;
        try
        {
            using var lane = new ChaosLane(_options, seed, _interruption);
            while (Next() is { } cell)
                if (lane.Row(cell) is { } row) Keep(row);
            isOver = true;
        }
        finally
        {
            if (!isOver)
                lock (_gate) _hasFailed = true;
        }
    }

    // Null when nothing is left to do, or another lane met what it did not expect.
    private ChaosCell? Next()
    {
        lock (_gate) return !_hasFailed && !_interruption.IsAsked && _left.TryDequeue(out var cell) ? cell : null;
    }

    private void Keep(ChaosRow row)
    {
        lock (_gate)
        {
            _rows.Add(row);
            Progress(row);
            if (_options.Write) ReliabilityPage.Keep(row, _day, _options.Add);
        }
    }

    private void Progress(ChaosRow row)
    {
        var left = _clock.Elapsed / _rows.Count * (_options.Cells.Count - _rows.Count);
        Console.Error.WriteLine(
            $"{_rows.Count} of {_options.Cells.Count}, {left.TotalMinutes:0} min left: "
            + string.Join(" | ", row.Cells));
        foreach (var outcome in row.Outcomes) Console.Error.WriteLine("    " + outcome.Times());
        foreach (var words in Words(row)) Console.Error.WriteLine("    " + words);
    }

    private static IEnumerable<string> Words(ChaosRow row)
    {
        foreach (var words in row.Outcomes.SelectMany(outcome => outcome.Words())) yield return words;
        if (row.Failure is { } failure) yield return failure;
    }

    private void Tell()
    {
        ChaosRow[] rows = [.. ChaosCell.All.Join(_rows, cell => cell, row => row.Cell, (_, row) => row)];
        if (_options.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new
                {
                    day = _day, command = $"./quantum chaos --runs {_options.Runs} --cells {_options.Pattern} "
                        + $"--seed {_options.Seed} --parallel {_options.Parallel}",
                    cores = Environment.ProcessorCount, tookS = Math.Round(_clock.Elapsed.TotalSeconds),
                    isInterrupted = _interruption.IsAsked, isMet = rows.All(row => row.IsMet),
                    cells = rows.Select(row => row.Json),
                }, s_json));
            return;
        }

        Console.WriteLine(string.Join(" | ", ChaosRow.Columns));
        foreach (var row in rows) Console.WriteLine(string.Join(" | ", row.Cells));
        var runs = rows.Sum(row => row.Outcomes.Count);
        var took = _clock.Elapsed.TotalMinutes;
        Console.WriteLine(FormattableString.Invariant($"{runs} runs in {took:0.0} min, {runs / took:0.0} a minute"));
    }
}
