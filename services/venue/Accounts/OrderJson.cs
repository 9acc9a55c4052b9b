namespace Quantum.Venue.Accounts;

/// <summary>Orders, conditional orders and fills as REST shows them.</summary>
internal static class OrderJson
{
    /// <summary>The reply to placing, amending or cancelling.</summary>
    public static void WriteReply(Utf8JsonWriter json, Account account, Order order) =>
        Write(json, account, order, isReply: true);

    /// <summary>An order as queries show it.</summary>
    public static void WriteQueried(Utf8JsonWriter json, Account account, Order order) =>
        Write(json, account, order, isReply: false);

    public static void Write(Utf8JsonWriter json, Account account, Conditional order)
    {
        var (tick, step) = DecimalsOf(account, order.Symbol);
        json.WriteStartObject();
        json.WriteNumber("algoId"u8, order.Id);
        json.WriteString("clientAlgoId"u8, order.ClientId);
        json.WriteString("algoType"u8, Words.Conditional);
        json.WriteString("orderType"u8, order.Type);
        json.WriteString("symbol"u8, order.Symbol.Name);
        json.WriteString("side"u8, Words.Of(order.Side));
        json.WriteString("positionSide"u8, Words.Both);
        json.WriteString("timeInForce"u8, order.TimeInForce);
        json.Whole("quantity"u8, order.Quantity, step);
        json.WriteString("algoStatus"u8, order.Status);
        json.WriteString("actualOrderId"u8,
            order.Actual?.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "");
        json.Fixed("actualPrice"u8, order.Actual?.AveragePrice ?? 0, account.AverageDecimalsOf(order.Symbol));
        json.Whole("triggerPrice"u8, order.TriggerPrice, tick);
        json.Whole("price"u8, order.Price, tick);
        json.WriteNull("icebergQuantity"u8);
        json.WriteString("tpTriggerPrice"u8, "0.000"u8);
        json.WriteString("tpPrice"u8, "0.000"u8);
        json.WriteString("slTriggerPrice"u8, "0.000"u8);
        json.WriteString("slPrice"u8, "0.000"u8);
        json.WriteString("tpOrderType"u8, ""u8);
        json.WriteString("selfTradePreventionMode"u8, Words.SelfTrade);
        json.WriteString("workingType"u8, order.WorkingType);
        json.WriteString("priceMatch"u8, Words.None);
        json.WriteBoolean("closePosition"u8, order.ClosePosition);
        json.WriteBoolean("priceProtect"u8, order.PriceProtect);
        json.WriteBoolean("reduceOnly"u8, order.ReduceOnly);
        json.WriteString("activatePrice"u8, ""u8);
        json.WriteString("callbackRate"u8, ""u8);
        json.WriteNumber("createTime"u8, order.CreatedMs);
        json.WriteNumber("updateTime"u8, order.UpdatedMs);
        json.WriteNumber("triggerTime"u8, order.TriggeredMs);
        json.WriteNumber("goodTillDate"u8, 0);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Account account, Fill fill)
    {
        var (tick, step) = DecimalsOf(account, fill.Order.Symbol);
        json.WriteStartObject();
        json.WriteString("symbol"u8, fill.Order.Symbol.Name);
        json.WriteNumber("id"u8, fill.Id);
        json.WriteNumber("orderId"u8, fill.Order.Id);
        json.WriteString("side"u8, Words.Of(fill.Order.Side));
        json.Whole("price"u8, fill.Price, tick);
        json.Whole("qty"u8, fill.Quantity, step);
        json.Money("realizedPnl"u8, fill.RealizedUsd);
        json.WriteString("marginAsset"u8, Words.Asset);
        json.Plain("quoteQty"u8, fill.Price * fill.Quantity);
        json.Money("commission"u8, fill.FeeUsd);
        json.WriteString("commissionAsset"u8, Words.Asset);
        json.WriteNumber("time"u8, fill.AtMs);
        json.WriteString("positionSide"u8, Words.Both);
        json.WriteBoolean("buyer"u8, fill.Order.Side == Contracts.Units.Side.Buy);
        json.WriteBoolean("maker"u8, fill.IsMaker);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Account account, Order order, bool isReply)
    {
        var (tick, step) = DecimalsOf(account, order.Symbol);
        json.WriteStartObject();
        json.WriteNumber("orderId"u8, order.Id);
        json.WriteString("symbol"u8, order.Symbol.Name);
        json.WriteString("status"u8, order.Status);
        json.WriteString("clientOrderId"u8, order.ClientId);
        json.Whole("price"u8, order.Price, tick);
        json.Fixed("avgPrice"u8, order.AveragePrice, order.AverageDecimals);
        json.Whole("origQty"u8, order.Quantity, step);
        json.Whole("executedQty"u8, order.Executed, step);
        if (isReply) json.Whole("cumQty"u8, order.Executed, step);
        json.Plain("cumQuote"u8, order.Quote);
        json.WriteString("timeInForce"u8, order.TimeInForce);
        json.WriteString("type"u8, order.Type);
        json.WriteBoolean("reduceOnly"u8, order.ReduceOnly);
        json.WriteBoolean("closePosition"u8, order.ClosePosition);
        json.WriteString("side"u8, Words.Of(order.Side));
        json.WriteString("positionSide"u8, Words.Both);
        json.Whole("stopPrice"u8, order.StopPrice, tick);
        json.WriteString("workingType"u8, order.WorkingType);
        json.WriteBoolean("priceProtect"u8, order.PriceProtect);
        json.WriteString("origType"u8, order.OriginalType);
        json.WriteString("priceMatch"u8, Words.None);
        json.WriteString("selfTradePreventionMode"u8, Words.SelfTrade);
        json.WriteNumber("goodTillDate"u8, 0);
        if (!isReply) json.WriteNumber("time"u8, order.CreatedMs);
        json.WriteNumber("updateTime"u8, order.UpdatedMs);
        json.WriteEndObject();
    }

    private static (int Tick, int Step) DecimalsOf(Account account, Contracts.Units.Symbol symbol) =>
        account.Rules.Symbols.Find(symbol) is { } filters
            ? (JsonFields.DecimalsOf(filters.TickSize), JsonFields.DecimalsOf(filters.FinestStep))
            : (8, 8);
}
