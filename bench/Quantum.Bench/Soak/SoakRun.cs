using System.Diagnostics;
using Quantum.Resp;

namespace Quantum.Bench.Soak;

/// <summary>
/// Plays the tape and measures on the way. Every wait ends: by the end of the tape, or by words why not.
/// </summary>
/// <param name="options">What was asked for.</param>
/// <param name="tell">Told how far it is.</param>
internal sealed class SoakRun(SoakOptions options, Action<SoakSample, TimeSpan> tell)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);

    private readonly List<SoakSample> _samples = [];

    /// <summary>Runs until the tape is over or it is cancelled.</summary>
    public SoakReport Run(CancellationToken cancel)
    {
        using var system = new SoakSystem(options);
        var isWhole = false;
        long? beganAt = null;
        try
        {
            var (limit, moved) = (Stopwatch.StartNew(), Stopwatch.StartNew());
            while (!isWhole && !cancel.WaitHandle.WaitOne(TimeSpan.FromSeconds(options.EverySeconds)))
            {
                isWhole = system.IsDone;
                if (system.Measure() is { } sample)
                {
                    beganAt ??= Stopwatch.GetTimestamp();
                    if (_samples.Count == 0 || sample.Hours > _samples[^1].Hours) moved.Restart();
                    _samples.Add(sample);
                    tell(sample, Stopwatch.GetElapsedTime(beganAt.Value));
                }

                if (isWhole) break;
                if (moved.Elapsed > s_patience)
                    throw Stuck($"the tape has stood still for {s_patience.TotalMinutes} min");
                if (limit.Elapsed > options.Limit)
                    throw Stuck($"it is not over after {options.Limit.TotalMinutes:0} min");
            }
        }
        catch (Exception fault) when (
            fault is InvalidOperationException or RespException && cancel.IsCancellationRequested)
        {
            // A terminal's Ctrl+C ends the services too, in whichever order.
        }
        catch (InvalidOperationException fault)
        {
            throw new InvalidOperationException($"{fault.Message}\n{system.Tails()}", fault);
        }

        var took = beganAt is { } began ? Stopwatch.GetElapsedTime(began) : TimeSpan.Zero;
        return new SoakReport(options, _samples, took, isWhole);
    }

    private InvalidOperationException Stuck(string why) => new(
        $"{why}, at {(_samples.Count > 0 ? _samples[^1].Hours : 0):0.00} of {options.AllHours} simulated hours.");
}
