using System.Text.Json;
using Quantum.Bench.Chaos;
using Quantum.EndToEnd.Tests.Harness;

namespace Quantum.EndToEnd.Tests;

/// <summary>
/// A selection of <c>./quantum chaos</c>: one cell of each kind that hurts most. How fast it recovers is judged by the
/// benchmark alone, which has the machine to itself.
/// </summary>
[Collection(AloneGroup.Name)]
public sealed class ChaosTests
{
    private const string Cells =
        "kill:executor/answer,kill:redis/gap,kill:governance/trip,failover:redis/load,cut:executor-venue/load";

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(8);

    [Theory]
    [InlineData("k 2 0 1 0 0 1.5 2.0 missed mon", "k 3 0 0 0 2 0.0 12.4 met tue", "k 5 0 1 0 2 1.5 12.4 missed tue")]
    [InlineData("k 1 0 0 0 0 0.0 >_60 missed mon", "k 1 0 0 0 0 0.0 1.0 met tue", "k 2 0 0 0 0 0.0 >_60 missed tue")]
    [InlineData("k 4 0 0 0 0 0.0 0.3 met mon", "k 0 0 0 0 0 0.0 _ failed tue", "k 4 0 0 0 0 0.0 0.3 failed tue")]
    [InlineData("k 0 0 0 0 0 0.0 _ failed mon", "k 1 0 0 0 0 0.0 9.0 met tue", "k 1 0 0 0 0 0.0 9.0 failed tue")]
    public void Runs_of_two_times_add_up_and_the_worst_of_them_stays(string before, string now, string both)
    {
        Assert.Equal(Cellwise(both), AddedRow.Of(Cellwise(before), Cellwise(now)));

        static string[] Cellwise(string row) => [.. row.Split(' ').Select(cell => cell.Replace('_', ' ').Trim())];
    }

    [Fact]
    public void Nothing_is_doubled_lost_left_open_or_unprotected_and_no_entry_leaves_behind_a_kill()
    {
        using var run = new ProgramRun(
            BuiltProgram.Bench, ["chaos", "--cells", Cells, "--json"], new SortedDictionary<string, string>());
        Assert.True(run.WaitForEnd(s_limit), run.Output + run.Error);
        using var document = JsonDocument.Parse(run.Output);
        var cells = document.RootElement.GetProperty("cells").EnumerateArray().ToArray();
        Assert.Equal(Cells.Split(',').Order(), cells.Select(cell => cell.GetProperty("cell").GetString()!).Order());
        foreach (var cell in cells)
        {
            Assert.True(cell.GetProperty("failure").ValueKind == JsonValueKind.Null, cell + run.Error);
            foreach (var count in (string[])["duplicates", "lost", "unresolved", "entriesAfterKill"])
                Assert.True(cell.GetProperty(count).GetInt32() == 0, cell + run.Error);
            Assert.True(cell.GetProperty("unprotectedBeyondS").GetDouble() == 0, cell + run.Error);
            foreach (var recovery in cell.GetProperty("recoveryS").EnumerateArray())
                Assert.True(recovery.ValueKind == JsonValueKind.Number, cell + run.Error);
        }
    }
}
