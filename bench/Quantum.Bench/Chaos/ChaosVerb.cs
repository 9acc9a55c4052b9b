using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Quantum.EventLog;
using Quantum.Resp;

namespace Quantum.Bench.Chaos;

/// <summary>
/// `chaos`: faults times moments on real processes. Exit code 0 when every bar is met, 1 when one is missed or a cell
/// could not be carried through, 130 when it was interrupted; the cells that were done are kept and told all the same.
/// </summary>
internal sealed class ChaosVerb : IDisposable
{
    private const int Interrupted = 130;
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    private readonly ChaosOptions _options;
    private readonly CancellationTokenSource _cancel = new();
    private readonly List<ChaosRow> _rows = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly string _day = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    private ChaosRun? _run;
    private bool _isCut;

    private ChaosVerb(ChaosOptions options) => _options = options;

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

    public void Dispose()
    {
        _run?.Dispose();
        _cancel.Dispose();
    }

    private int Run()
    {
        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var onTerm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        foreach (var cell in _options.Cells)
        {
            if (_isCut) break;
            if (Row(cell) is not { } row) continue;
            _rows.Add(row);
            Progress(row);
            if (_options.Write) ReliabilityPage.Keep(_rows, _day);
        }

        Tell();
        return _isCut ? Interrupted : _rows.All(row => row.IsMet) ? 0 : 1;
    }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _isCut = true;
        _cancel.Cancel();
    }

    // Null when it was interrupted before the first run was over.
    private ChaosRow? Row(ChaosCell cell)
    {
        var outcomes = new List<ChaosOutcome>();
        string? failure = null;
        while (outcomes.Count < _options.Runs && failure is null && !_isCut)
        {
            try
            {
                outcomes.Add(Once(cell));
            }
            catch (Exception fault) when (fault is InvalidOperationException or RespException or LogUnavailableException
                or LogRefusedException or TimeoutException or OperationCanceledException)
            {
                EndSystem();
                if (!_isCut) failure = fault.Message;
            }
        }

        return outcomes.Count == 0 && failure is null ? null : new ChaosRow(cell, outcomes, failure);
    }

    private ChaosOutcome Once(ChaosCell cell)
    {
        if (_run is null)
        {
            var started = Stopwatch.GetTimestamp();
            _run = new ChaosRun(_options.Seed, _cancel.Token);
            _run.Await();
            Console.Error.WriteLine(FormattableString.Invariant(
                $"a system of {ChaosCell.Services.Count()} services and an exchange stands, ")
                + FormattableString.Invariant($"{Stopwatch.GetElapsedTime(started).TotalSeconds:0} s"));
        }

        var outcome = _run.Run(cell);
        // What is wrong stays wrong: the next cell begins with a system that nothing is wrong with.
        if (!outcome.IsMet) EndSystem();
        return outcome;
    }

    private void EndSystem()
    {
        if (_options.LogFolder is { } folder) _run?.KeepLogs(folder);
        _run?.Dispose();
        _run = null;
    }

    private void Progress(ChaosRow row)
    {
        var left = _clock.Elapsed / _rows.Count * (_options.Cells.Count - _rows.Count);
        Console.Error.WriteLine(
            $"{_rows.Count} of {_options.Cells.Count}, {left.TotalMinutes:0} min left: "
            + string.Join(" | ", row.Cells));
        foreach (var words in Words(row)) Console.Error.WriteLine("    " + words);
    }

    private static IEnumerable<string> Words(ChaosRow row)
    {
        foreach (var words in row.Outcomes.SelectMany(outcome => outcome.Words())) yield return words;
        if (row.Failure is { } failure) yield return failure;
    }

    private void Tell()
    {
        if (_options.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new
                {
                    day = _day, command = $"./quantum chaos --runs {_options.Runs} --cells {_options.Pattern} "
                        + $"--seed {_options.Seed}",
                    cores = Environment.ProcessorCount, tookS = Math.Round(_clock.Elapsed.TotalSeconds),
                    isInterrupted = _isCut, isMet = _rows.All(row => row.IsMet), cells = _rows.Select(row => row.Json),
                }, s_json));
            return;
        }

        Console.WriteLine(string.Join(" | ", ChaosRow.Columns));
        foreach (var row in _rows) Console.WriteLine(string.Join(" | ", row.Cells));
    }
}
