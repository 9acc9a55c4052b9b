using System.Text.Json;
using Quantum.Bench.Chaos;
using Quantum.EndToEnd.Tests.Harness;

namespace Quantum.EndToEnd.Tests;

/// <summary>
/// A selection of <c>./quantum chaos</c>: one cell of each kind that hurts most.
/// </summary>
[Collection(AloneGroup.Name)]
public sealed class ChaosTests
{
    private const string Cells =
        "kill:executor/answer,kill:redis/gap,kill:governance/trip,failover:redis/load,cut:executor-venue/load";

    // Twice the bar of the benchmark, which has the machine to itself: here other tests may just have begun.
    private static readonly TimeSpan s_slowest = TimeSpan.FromSeconds(30);

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
        Assert.All(cells, cell => Assert.True(FaultOf(cell) is null, $"{FaultOf(cell)}: {cell}{run.Error}"));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("\"lost\":1", "lost is 1")]
    [InlineData("\"entriesAfterKill\":2", "entriesAfterKill is 2")]
    [InlineData("\"unprotectedBeyondS\":0.1", "unprotectedBeyondS is 0.1")]
    [InlineData("\"recoveryS\":[3.0,null]", "not recovered within a minute")]
    [InlineData("\"recoveryS\":[3.0,29.9]", null)]
    [InlineData("\"recoveryS\":[3.0,30.1]", "recovered after 30.1 s, the most is 30")]
    [InlineData("\"recoveryS\":[]", "no run")]
    [InlineData("\"failure\":\"it did not start\"", "it did not start")]
    public void A_cell_is_judged_by_every_column(string other, string? fault)
    {
        // Of two fields of one name the last counts.
        using var cell = JsonDocument.Parse(
            "{\"duplicates\":0,\"lost\":0,\"unresolved\":0,\"entriesAfterKill\":0,\"unprotectedBeyondS\":0.0,"
            + "\"recoveryS\":[4.2],\"failure\":null" + (other.Length > 0 ? "," + other : "") + "}");
        Assert.Equal(fault, FaultOf(cell.RootElement));
    }

    /// <summary>What is wrong with a cell; null: nothing.</summary>
    private static string? FaultOf(JsonElement cell)
    {
        if (cell.GetProperty("failure").GetString() is { } failure) return failure;
        foreach (var count in (string[])["duplicates", "lost", "unresolved", "entriesAfterKill", "unprotectedBeyondS"])
            if (cell.GetProperty(count).GetDouble() is not 0 and var found)
                return FormattableString.Invariant($"{count} is {found}");
        var recoveries = cell.GetProperty("recoveryS").EnumerateArray().ToArray();
        if (recoveries.Length == 0) return "no run";
        foreach (var recovery in recoveries)
        {
            if (recovery.ValueKind != JsonValueKind.Number) return "not recovered within a minute";
            if (recovery.GetDouble() is var took && took > s_slowest.TotalSeconds)
                return FormattableString.Invariant($"recovered after {took} s, the most is {s_slowest.TotalSeconds}");
        }

        return null;
    }
}
