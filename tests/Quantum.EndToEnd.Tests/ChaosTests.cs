using System.Text.Json;
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
