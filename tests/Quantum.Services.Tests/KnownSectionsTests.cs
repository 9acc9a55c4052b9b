using System.Globalization;
using Quantum.Contracts.Settings;

namespace Quantum.Services.Tests;

/// <summary>Which sections there are: a slip of the hand is told by them.</summary>
public sealed class KnownSectionsTests
{
    [Fact]
    public void Every_section_that_a_service_reads_is_known_and_no_other() => Assert.Equal(
        SettingsPage.Types().Select(known => known.Section).Distinct().Order(StringComparer.Ordinal),
        RoleSections.All.Concat(KnownSections.OfServices).Append(KnownSections.Feed).Distinct()
            .Order(StringComparer.Ordinal));

    [Fact]
    public void What_must_be_alike_exists_and_is_alike_where_nobody_sets_it()
    {
        var defaults = SettingsPage.Types().DistinctBy(known => known.Section).SelectMany(known =>
            SettingsPage.Leaves(known.Section, SettingsPage.DefaultsOf(known.Type, isTape: false)))
            .ToDictionary(leaf => leaf.Path, leaf => Convert.ToDecimal(leaf.Value is IConvertible and not string
                and not Enum ? leaf.Value : 0, CultureInfo.InvariantCulture), StringComparer.Ordinal);
        foreach (var group in AlikeSettings.All)
            Assert.Single(group.Select(path => defaults[path]).Distinct());
    }

    [Theory]
    [InlineData("Executr:MaxAttempts", "Executor:MaxAttempts")]
    [InlineData("Risults:Folder", "Results:Folder")]
    [InlineData("Fed:Speed", null)]
    [InlineData("Feeds:Speed", "Feed:Speed")]
    [InlineData("executor:maxattempts", null)]
    [InlineData("Executr", null)]
    [InlineData("Something:Else", null)]
    public void What_is_called_almost_like_a_section_is_a_slip(string path, string? meant)
    {
        var slip = KnownSections.SlipIn([path, "PATH"]);
        if (meant is null) Assert.Null(slip);
        else Assert.Contains($"did you mean {meant}?", slip, StringComparison.Ordinal);
    }
}
