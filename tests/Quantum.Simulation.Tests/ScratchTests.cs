using System.Diagnostics;
using Quantum.Simulation;
namespace Quantum.Simulation.Tests;
public class ScratchTests
{
    [Fact]
    public void Try()
    {
        var from = int.Parse(Environment.GetEnvironmentVariable("SIM_FROM") ?? "1");
        var count = int.Parse(Environment.GetEnvironmentVariable("SIM_COUNT") ?? "10");
        var minutes = int.Parse(Environment.GetEnvironmentVariable("SIM_MIN") ?? "60");
        var none = Environment.GetEnvironmentVariable("SIM_CALM") is not null;
        using var file = new StreamWriter("/tmp/sim.out");
        for (var seed = from; seed < from + count; seed++)
        {
            var clock = Stopwatch.StartNew();
            var story = Environment.GetEnvironmentVariable("SIM_STORY") is not null;
            var result = SimulationRun.Of(new SimulationSettings
            {
                Seed = seed, Minutes = minutes, Faults = none ? [] : null, Story = story ? line => file.WriteLine(line) : null,
            });
            file.WriteLine($"{seed} {clock.ElapsedMilliseconds} ms steps {result.Steps} entries {result.Entries} intents {result.Intents} orders {result.Orders} trades {result.Trades} faults {result.Faults.Count} {result.Hash[..8]} {result.Violation}");
            file.Flush();
        }
    }
}
