using System.Diagnostics;
using Quantum.Simulation;
using Quantum.Simulation.Tests.Mutations;
namespace Quantum.Simulation.Tests;
public class ScratchTests
{
    [Fact]
    public void Try()
    {
        string? V(string n) => Environment.GetEnvironmentVariable(n);
        var from = int.Parse(V("SIM_FROM") ?? "1");
        var count = int.Parse(V("SIM_COUNT") ?? "10");
        var minutes = int.Parse(V("SIM_MIN") ?? "60");
        using var file = new StreamWriter(V("SIM_OUT") ?? "/tmp/sim.out");
        if (V("SIM_MUT") is not null)
        {
            foreach (var m in new[] { "PublishesOutside", "AcknowledgesFirst", "HasNoFence", "no_query_before_resend", "loosened_stop", "forgotten_cancel", "no_stop_on_partial_fill", "stale_equity", "kill_checked_before" })
            {
                var text = "not caught";
                for (var seed = from; seed < from + count; seed++)
                {
                    var r = SimulationRun.Of(new SimulationSettings { Seed = seed, Minutes = minutes, Alterations = MutationTests.MutationOf(m) });
                    if (r.Violation is { } v) { text = $"caught in seed {seed}: {v}"; break; }
                }
                file.WriteLine(m + ": " + text);
                file.Flush();
            }
            return;
        }
        if (V("SIM_PAR") is not null)
        {
            var watch = Stopwatch.StartNew(); var cpu0 = Process.GetCurrentProcess().TotalProcessorTime; var n = 0;
            SimulationBatch.Run(from, count, minutes, 2, r => { n++; if (r.Violation is { } v) { file.WriteLine($"{r.Seed} {v}"); file.Flush(); } });
            file.WriteLine($"{n} seeds {watch.Elapsed} cpu {Process.GetCurrentProcess().TotalProcessorTime - cpu0}"); return;
        }
        for (var seed = from; seed < from + count; seed++)
        {
            var clock = Stopwatch.StartNew();
            var story = V("SIM_STORY") is not null;
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            var result = SimulationRun.Of(new SimulationSettings
            {
                Seed = seed, Minutes = minutes, Faults = V("SIM_CALM") is not null ? [] : null, Story = story ? line => file.WriteLine(line) : null,
            });
            file.WriteLine($"{seed} {clock.ElapsedMilliseconds} ms cpu {(Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMilliseconds} steps {result.Steps} entries {result.Entries} intents {result.Intents} orders {result.Orders} trades {result.Trades} faults {result.Faults.Count} {result.Hash[..8]} {result.Violation}");
            file.Flush();
        }
    }
}
