using Quantum.Backtest.Running;
using Quantum.Backtest.Settings;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Instruments;
using Quantum.Roles.Executor;

namespace Quantum.InProcess.Tests;

public sealed class RehearsalTests
{
    private static readonly Role[] s_roles =
        [.. SystemRoles.Of(SystemSettings.OnTape(InstrumentBook.BuiltIn.Filters)).Select(make => make())];

    /// <summary>A service does so at its start: what cannot be read again would keep it from starting.</summary>
    [Fact]
    public void The_state_of_every_role_can_be_rehearsed()
    {
        foreach (var role in s_roles) role.State.Rehearse();
    }

    /// <summary>A role that a backtest lacked would make it another system than the live one.</summary>
    [Fact]
    public void A_tape_has_every_role_of_the_system()
    {
        var there = s_roles.Select(role => role.GetType()).ToHashSet();
        Assert.DoesNotContain(
            typeof(ExecutorRole).Assembly.GetTypes(),
            type => type.IsSubclassOf(typeof(Role)) && !type.IsAbstract && !there.Contains(type));
        var names = s_roles.Select(role => role.Name).ToHashSet();
        Assert.Equal(
            [RoleNames.MarketPublisher, RoleNames.TradeJournal],
            StreamCatalog.All.SelectMany(stream => stream.Consumers).Select(consumer => consumer.Role).Distinct()
                .Where(role => RoleNames.IsActiveIn(role, TradingMode.Paper) && !names.Contains(role)).Order());
    }

    /// <summary>It would be made with its defaults on a tape, whatever its service gives it.</summary>
    [Fact]
    public void A_role_of_settings_that_the_system_does_not_hold_is_named()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => SystemRoles.Make(
            typeof(StrangeRole), SystemSettings.OnTape(InstrumentBook.BuiltIn.Filters)));
        Assert.StartsWith("StrangeRole is made of StrangeSettings", fault.Message, StringComparison.Ordinal);
    }

    private sealed record StrangeSettings;

    private sealed class StrangeRole(StrangeSettings? settings = null) : Role
    {
        public override string Name => $"{settings}";
    }
}
