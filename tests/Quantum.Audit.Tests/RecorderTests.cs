using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;

namespace Quantum.Audit.Tests;

/// <summary>An archive's recorder is no reader: late it is told, and nothing halts for what it misses.</summary>
public sealed class RecorderTests
{
    private static readonly string s_group = StreamCatalog.RecorderGroupOf(StreamCatalog.TradeIntent.Name);

    [Fact]
    public void What_waits_a_moment_for_its_file_is_no_finding()
    {
        using var world = new FindingWorld();
        Recorded(world, 30_000);
        Assert.DoesNotContain(world.Look().Findings, finding => finding.Group == s_group);
    }

    [Fact]
    public void What_waits_too_long_is_a_warning_with_both_mends()
    {
        using var world = new FindingWorld();
        Recorded(world, 300_000);
        var finding = Assert.Single(world.Look().Findings, finding => finding.Group == s_group);
        Assert.Equal(
            (FindingCodes.RecorderBehind, Severity.Warning, 1L), (finding.Code, finding.Severity, finding.Count));
        Assert.Contains("./quantum record --redis", finding.Mend, StringComparison.Ordinal);
        Assert.Contains("--forget", finding.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_trimmed_unrecorded_is_no_loss_of_the_systems()
    {
        using var world = new FindingWorld();
        world.Mark();
        world.Group();
        world.Ask("XGROUP", "CREATE", FindingWorld.Intents, s_group, "0", "ENTRIESREAD", "0");
        world.Add(10);
        world.ReadAndForget(10);
        world.Trim(2);
        var findings = world.Look().Findings.Where(finding => finding.Group == s_group).ToArray();
        Assert.Equal([FindingCodes.RecorderBehind], findings.Select(finding => finding.Code));
        Assert.Contains("8 went unrecorded", findings[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_that_is_recorded_alone_is_an_orphan()
    {
        using var world = new FindingWorld();
        world.Add();
        world.Ask("XGROUP", "CREATE", FindingWorld.Intents, s_group, "$");
        Assert.Contains(world.Look().Findings, finding => finding.Code == FindingCodes.OrphanStream);
    }

    private static void Recorded(FindingWorld world, long ageMs)
    {
        world.Mark();
        world.Lease();
        world.Group();
        world.AddAt(FindingWorld.NowMs - ageMs);
        world.ReadAndForget(10);
        world.Ask("XGROUP", "CREATE", FindingWorld.Intents, s_group, "0", "ENTRIESREAD", "0");
    }
}
