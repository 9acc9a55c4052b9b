using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Contracts.Tests.Wire;

/// <summary>Which commands are impossible, and what is so of an order's type.</summary>
public sealed class OrderCommandTests
{
    private static readonly OrderCommand s_order = new()
    {
        Action = OrderAction.Place, ClientOrderId = "q-1", IntentId = "i", Symbol = Symbol.Parse("NEARUSDT"),
        Side = Side.Buy, Type = OrderType.Market, Purpose = OrderPurpose.Entry, Quantity = 1, ReduceOnly = false,
    };

    public static TheoryData<string, string?> Cases => new()
    {
        { "order", null },
        { "no quantity", "quantity 0 is not above 0" },
        { "no quantity, closes the position", null },
        { "no quantity, cancels", null },
        { "stop without trigger", "trigger_price is empty" },
        { "take profit limit without price", "price is empty" },
        { "take profit limit", null },
        { "cancel of a stop limit without prices", null },
        { "configures nothing", "nothing to configure" },
        { "configures leverage", null },
        { "configures cross", null },
        { "configures margin", null },
        { "configures no margin", "isolated_margin_usd 0 is not above 0" },
        { "leverage 0", "leverage 0 is below 1" },
        { "no id", "client_order_id ''" },
    };

    [Theory, MemberData(nameof(Cases))]
    public void An_impossible_command_is_named(string which, string? fault)
    {
        var configure = s_order with { Action = OrderAction.Configure, Quantity = 0 };
        var found = (which switch
        {
            "no quantity" => s_order with { Quantity = 0 },
            "no quantity, closes the position" => s_order with
            {
                Quantity = 0, Type = OrderType.StopMarket, TriggerPrice = 1, ClosePosition = true,
            },
            "no quantity, cancels" => s_order with { Action = OrderAction.Cancel, Quantity = 0 },
            "stop without trigger" => s_order with { Type = OrderType.StopMarket },
            "take profit limit without price" => s_order with { Type = OrderType.TakeProfitLimit, TriggerPrice = 1 },
            "take profit limit" => s_order with { Type = OrderType.TakeProfitLimit, TriggerPrice = 1, Price = 1 },
            "cancel of a stop limit without prices" => s_order with
            {
                Action = OrderAction.Cancel, Type = OrderType.StopLimit,
            },
            "configures nothing" => configure,
            "configures leverage" => configure with { Leverage = 3 },
            "configures cross" => configure with { IsIsolated = false },
            "configures margin" => configure with { IsolatedMarginUsd = 1 },
            "configures no margin" => configure with { IsolatedMarginUsd = 0 },
            "leverage 0" => s_order with { Leverage = 0 },
            "no id" => s_order with { ClientOrderId = "" },
            _ => s_order,
        }).Fault();
        if (fault is null) Assert.Null(found);
        else Assert.Contains(fault, found);
    }

    [Theory]
    [InlineData(OrderType.Market, false, false, false)]
    [InlineData(OrderType.Limit, false, true, false)]
    [InlineData(OrderType.StopMarket, true, false, true)]
    [InlineData(OrderType.StopLimit, true, true, true)]
    [InlineData(OrderType.TakeProfitMarket, true, false, false)]
    [InlineData(OrderType.TakeProfitLimit, true, true, false)]
    public void A_type_waits_limits_and_stops(OrderType type, bool waits, bool limits, bool stops) =>
        Assert.Equal((waits, limits, stops), (type.IsConditional(), type.HasLimit(), type.IsStop()));
}
