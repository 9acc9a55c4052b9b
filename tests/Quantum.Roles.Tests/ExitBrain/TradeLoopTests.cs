using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.ExitBrain;
using Quantum.Roles.TradingBot;
using Xunit.Abstractions;

namespace Quantum.Roles.Tests.ExitBrain;

/// <summary>The roles that share a trade, together: money adds up, each intent ends once, stops only tighten.</summary>
[Trait("Kind", "Walk")]
public sealed class TradeLoopTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Ten_hours_of_trades_balance(int seed, bool restarts)
    {
        var loop = Run(seed, restarts);

        Assert.InRange(loop.Trades.Count, 5, 1_000);
        Assert.Empty(loop.Exposure.ExposureBySymbol);
        Assert.Equal(loop.Account.CashBalanceUsd - 10_000m, loop.Trades.Sum(trade => trade.PnlUsd), 8);
        Assert.Equal(loop.Account.FeesUsd, loop.Trades.Sum(trade => trade.FeesUsd), 8);
        Assert.Equal(loop.Trades.Count, loop.PortfolioCounts["settlement/matched"]);
        Assert.False(loop.PortfolioCounts.ContainsKey("settlement/differs"));
        Assert.False(loop.PortfolioCounts.ContainsKey("portfolio/position_differs_from_venue"));

        var ends = loop.Results.Where(result => result.Kind == ResultKind.Intent).Select(result => result.IntentId)
            .ToList();
        Assert.Equal(loop.Intents.Keys.Order(StringComparer.Ordinal), ends.Order(StringComparer.Ordinal));
        StopsOnlyTighten(loop);
        Report(loop);
    }

    [Fact]
    public void Exits_on_a_tape_live_as_long_as_entries_do() => Assert.Equal(
        TradingBotSettings.For(isTape: true).IntentLifetimeMs, ExitBrainSettings.For(isTape: true).ExitDeadlineMs);

    [Fact]
    public void Restarts_change_nothing()
    {
        var (one, other) = (Run(5, restarts: false), Run(5, restarts: true));

        Assert.Equal(one.Trades, other.Trades);
        Assert.Equal(one.Account, other.Account);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_close_by_hand_ends_the_trade_once_and_entries_go_on(bool restarts)
    {
        var loop = new TradeLoop();
        loop.Step(50_000m);
        loop.Enter(Side.Buy, 1_000m, Regime.Range);
        loop.Step(50_010m, 1_000);
        loop.Say(ControlAction.Close, "w1");
        if (restarts) foreach (var role in loop.Roles) role.Restart();
        loop.Say(ControlAction.Close, "w1");
        for (var i = 0; i < 4; i++) loop.Step(50_020m, 1_000);
        Assert.Equal("operator_close", Assert.Single(loop.Trades).Reason);
        Assert.Equal(Outcome.Filled, Assert.Single(loop.Results, result => result.IntentId == "w1").Outcome);
        Assert.Empty(loop.Exposure.ExposureBySymbol);
        loop.Enter(Side.Buy, 1_000m, Regime.Range);
        loop.Step(50_030m, 1_000);
        Assert.NotEmpty(loop.Exposure.ExposureBySymbol);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_stop_moved_by_hand_holds_against_the_rules_and_closes_under_its_own_name(bool restarts)
    {
        var loop = new TradeLoop();
        loop.Step(50_000m);
        loop.Enter(Side.Buy, 1_000m, Regime.Range);
        loop.Step(50_010m, 1_000);
        loop.Say(ControlAction.MoveStop, "w1", 49_990m);
        if (restarts) foreach (var role in loop.Roles) role.Restart();
        loop.Step(50_012m, 1_000);
        var end = Assert.Single(loop.Results, result => result.IntentId == "w1");
        Assert.Equal((Outcome.Applied, 49_990m), (end.Outcome, end.StopPrice));
        loop.Say(ControlAction.MoveStop, "w2", 49_980m);
        loop.Step(50_012m, 1_000);
        Assert.Equal("stop_not_tighter", Assert.Single(loop.Results, result => result.IntentId == "w2").ReasonCode);
        StopsOnlyTighten(loop);
        for (var i = 0; i < 4; i++) loop.Step(49_985m, 1_000);
        Assert.Equal("operator_stop", Assert.Single(loop.Trades).Reason);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Flatten_closes_what_is_open_and_nothing_opens_until_the_kill_switch_is_off(bool restarts)
    {
        var loop = new TradeLoop();
        loop.Step(50_000m);
        loop.Enter(Side.Buy, 1_000m, Regime.Range);
        loop.Step(50_010m, 1_000);
        Assert.NotEmpty(loop.Exposure.ExposureBySymbol);

        loop.Say(ControlAction.Flatten);
        Restart();
        loop.Say(ControlAction.Flatten);
        for (var i = 0; i < 4; i++) loop.Step(50_020m, 1_000);

        Assert.Equal("operator_flatten", Assert.Single(loop.Trades).Reason);
        Assert.Empty(loop.Exposure.ExposureBySymbol);
        Assert.Single(loop.Intents.Values, intent => intent.Reason == "operator_flatten");
        Enter("kill_switch");
        loop.Say(ControlAction.KillOff);
        Restart();
        Enter("filled");
        loop.Step(50_040m, 1_000);
        Assert.Single(loop.Trades);
        Assert.NotEmpty(loop.Exposure.ExposureBySymbol);

        void Restart()
        {
            if (!restarts) return;
            foreach (var role in loop.Roles) role.Restart();
        }

        void Enter(string end)
        {
            loop.Enter(Side.Buy, 1_000m, Regime.Range);
            for (var i = 0; i < 3; i++) loop.Step(50_030m, 1_000);
            Assert.Equal(end, loop.Results.Last(result => result.Kind == ResultKind.Intent).ReasonCode);
        }
    }

    private static TradeLoop Run(int seed, bool restarts)
    {
        var loop = new TradeLoop();
        var price = 50_000m;
        var random = (ulong)seed;
        for (var i = 0; i < 2_400; i++)
        {
            random = (random * 6_364_136_223_846_793_005UL) + 1_442_695_040_888_963_407UL;
            var draw = (int)(random >> 40) % 2_001 - 1_000;
            price = Math.Round(price * (1m + (draw * 0.0012m / 1_000m)), 1);
            loop.Step(price);
            if (i % 40 == 20 && loop.Exposure.ExposureBySymbol.Count == 0 && i < 2_200)
                loop.Enter(draw > 0 ? Side.Buy : Side.Sell, 1_000m + (i % 7 * 100m), (Regime)(i / 40 % 6));
            if (i % 300 == 150) loop.Turn(i % 600 == 150 ? Regime.Volatile : Regime.Range);
            if (!restarts || i % 7 != 0) continue;
            foreach (var role in loop.Roles) role.Restart();
        }

        // Whatever is still open falls through its stop.
        for (var i = 0; i < 40 && loop.Exposure.ExposureBySymbol.Count > 0; i++)
        {
            var isLong = loop.Exposure.NetExposureUsd > 0m;
            price = Math.Round(price * (isLong ? 0.995m : 1.005m), 1);
            loop.Step(price);
        }

        loop.Step(price, 60_000);
        return loop;
    }

    private static void StopsOnlyTighten(TradeLoop loop)
    {
        var last = new SortedDictionary<string, decimal>();
        foreach (var result in loop.Results)
        {
            if (result is not { StopPrice: { } stop, PositionId: { } id } || result.PositionQuantity is null or 0m)
                continue;
            var sign = Math.Sign(result.PositionQuantity.Value);
            if (last.TryGetValue(id, out var before))
                Assert.True(sign * (stop - before) >= 0m, $"{id}: {before} to {stop}");
            last[id] = stop;
        }

        Assert.NotEmpty(last);
    }

    private void Report(TradeLoop loop)
    {
        output.WriteLine(
            $"trades {loop.Trades.Count}, intents {loop.Intents.Count}, cash {loop.Account.CashBalanceUsd:F2}");
        foreach (var group in loop.Trades.GroupBy(trade => trade.Reason)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
            output.WriteLine($"  {group.Key} {group.Count()}");
        foreach (var group in loop.Results.GroupBy(
            result => $"{result.Kind} {result.IntentReason} {result.Outcome} {result.ReasonCode}")
            .OrderBy(group => group.Key, StringComparer.Ordinal)) output.WriteLine($"    {group.Key} {group.Count()}");
    }
}
