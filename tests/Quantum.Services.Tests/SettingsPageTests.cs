using System.ComponentModel.DataAnnotations;
using Quantum.Contracts.Settings;
using Quantum.Contracts.Tests;

namespace Quantum.Services.Tests;

public sealed class SettingsPageTests
{
    [Fact]
    public void The_committed_page_is_what_the_types_say() =>
        GoldenFile.Compare("docs/SETTINGS.md", SettingsPage.Render());

    [Fact]
    public void Every_section_is_called_as_a_service_or_role_and_no_two_alike()
    {
        var types = SettingsPage.Types().ToList();
        Assert.All(types, known => Assert.True(known.Service.Length > 0,
            $"{known.Type.Name}: no service or role is called '{known.Section}'"));
        Assert.Equal(types.Count, types.DistinctBy(known => known.Section.ToUpperInvariant()).Count());
    }

    [Fact]
    public void Every_number_has_a_range_of_its_own_kind()
    {
        foreach (var (path, field, _) in SettingsPage.Types().SelectMany(known =>
                     SettingsPage.Leaves(known.Section, SettingsPage.DefaultsOf(known.Type, false))))
        {
            var isWhole = field.Type == typeof(int) || field.Type == typeof(long) || field.Type == typeof(ulong);
            var isNumber = isWhole || field.Type == typeof(double) || field.Type == typeof(decimal);
            Assert.True(!isNumber || field.Range.Length > 0, $"{path} has no range");
            // [Range(0, 1)] rounds a fraction before it looks: 1.4 would do.
            Assert.True(
                isWhole || field.Rules.OfType<RangeAttribute>().All(range => range.OperandType == typeof(double)),
                $"{path}: write the limits of a fraction as 0.0 and 1.0");
        }
    }

    [Fact]
    public void Every_default_can_be()
    {
        foreach (var (_, section, type) in SettingsPage.Types())
        {
            foreach (var isTape in (bool[])[false, true])
            {
                var defaults = (dynamic)SettingsPage.DefaultsOf(type, isTape);
                Assert.Null(Record.Exception(() => SettingsCheck.Checked(defaults)));
            }
        }
    }
}
