namespace Quantum.Simulation.Tests;

/// <summary>Twenty seeds of faults without a checker's failure, the same bytes from the same seed, and what is found
/// can be made short and seen again.</summary>
public class SimulationTests
{
    private const int Minutes = 20;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory, MemberData(nameof(Seeds))]
    public void Every_checker_holds(int seed)
    {
        var result = SimulationRun.Of(new SimulationSettings { Seed = seed, Minutes = Minutes });
        Assert.True(
            result.Violation is null,
            $"{result.Violation}: ./quantum simulate --seed {seed} --minutes {Minutes} --trace");
        Assert.True(result.Orders > 0, "nothing was ordered: the run shows nothing.");
    }
}
