using Quantum.Backtest.Settings;
using Quantum.Contracts.Settings;
using Quantum.Contracts.Units;
using Quantum.Instruments;
using Quantum.Replay;
using Quantum.Roles.Executor;

namespace Quantum.Archive.Tests;

/// <summary>A replay's settings are read into the roles' own, and a wrong one is named with the mend.</summary>
public sealed class SettingTests
{
    [Theory]
    [InlineData("Executor:MaxAttempt", "3", "Executor:MaxAttempt is no setting")]
    [InlineData("Executr:MaxAttempts", "3", "Executr:MaxAttempts is no setting")]
    [InlineData("Ai:IntervalMs", "soon", "Ai:IntervalMs is 'soon'")]
    [InlineData("Ai:IntervalMs", "-1", "Ai:IntervalMs is -1")]
    [InlineData("OrderLane:MaxInFlight", "3", "--set OrderLane:MaxInFlight=3 would change nothing: a replay reads")]
    [InlineData("Feed:HistoryCandles", "3", "--set Feed:HistoryCandles=3 would change nothing: a replay reads")]
    public void A_wrong_setting_is_named(string path, string value, string said)
    {
        var values = new SettingsText().AddWord($"{path}={value}");
        var fault = Assert.Throws<ArchiveException>(
            () => ReplayRoles.Of(TradingMode.Paper, true, values, InstrumentBook.BuiltIn));
        Assert.StartsWith(said, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sections_are_those_of_the_roles()
    {
        var sections = typeof(ExecutorRole).Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttributes(false)).OfType<SectionAttribute>()
            .Select(section => section.Name)
            .Order(StringComparer.Ordinal);
        Assert.Equal(sections, RoleSections.All.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_active_role_can_be_made() => Assert.Equal(
        12 + 1, ReplayRoles.Of(TradingMode.Paper, true, new SettingsText(), InstrumentBook.BuiltIn).Count);
}
