using Quantum.Venue.Accounts;

namespace Quantum.Venue.Faults;

/// <summary>The truth of an account, past all faults: what tests compare a client's belief with.</summary>
internal static class StateJson
{
    public static void Write(Utf8JsonWriter json, Account account)
    {
        var view = account.Figures.View();
        json.WriteStartObject();
        WriteMoney(json, account, view);
        json.WriteStartObject("accepted"u8);
        foreach (var (clientId, times) in account.Orders.Accepted) json.WriteNumber(clientId, times);
        json.WriteEndObject();
        json.WriteStartArray("orders"u8);
        foreach (var order in account.Orders.All) Write(json, order);
        json.WriteEndArray();
        json.WriteStartArray("algoOrders"u8);
        foreach (var order in account.Orders.Conditionals) Write(json, order);
        json.WriteEndArray();
        json.WriteStartArray("fills"u8);
        foreach (var fill in account.Orders.Fills) Write(json, fill);
        json.WriteEndArray();
        WritePositions(json, view);
        json.WriteStartArray("faults"u8);
        foreach (var rule in account.Faults.Rules) Write(json, rule);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>What can still change alone: money, orders that live and wait, positions.</summary>
    public static void WriteLive(Utf8JsonWriter json, Account account)
    {
        var view = account.Figures.View();
        json.WriteStartObject();
        WriteMoney(json, account, view);
        json.WriteStartArray("orders"u8);
        foreach (var order in account.Orders.Live) Write(json, order);
        json.WriteEndArray();
        json.WriteStartArray("algoOrders"u8);
        foreach (var order in account.Orders.Waiting) Write(json, order);
        json.WriteEndArray();
        WritePositions(json, view);
        json.WriteEndObject();
    }

    private static void WriteMoney(Utf8JsonWriter json, Account account, AccountView view)
    {
        json.WriteString("key"u8, account.Key);
        json.WriteNumber("walletUsd"u8, view.WalletUsd);
        json.WriteNumber("equityUsd"u8, view.EquityUsd);
        json.WriteNumber("availableUsd"u8, view.AvailableUsd);
    }

    private static void WritePositions(Utf8JsonWriter json, AccountView view)
    {
        json.WriteStartArray("positions"u8);
        foreach (var position in view.Positions)
            if (position.Quantity != 0) Write(json, position);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Order order)
    {
        json.WriteStartObject();
        json.WriteString("clientOrderId"u8, order.ClientId);
        json.WriteNumber("orderId"u8, order.Id);
        json.WriteString("symbol"u8, order.Symbol.Name);
        json.WriteString("side"u8, Words.Of(order.Side));
        json.WriteString("type"u8, order.Type);
        json.WriteString("status"u8, order.Status);
        json.WriteNumber("quantity"u8, order.Quantity);
        json.WriteNumber("executed"u8, order.Executed);
        json.WriteNumber("averagePrice"u8, order.AveragePrice);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Conditional order)
    {
        json.WriteStartObject();
        json.WriteString("clientAlgoId"u8, order.ClientId);
        json.WriteNumber("algoId"u8, order.Id);
        json.WriteString("symbol"u8, order.Symbol.Name);
        json.WriteString("side"u8, Words.Of(order.Side));
        json.WriteString("type"u8, order.Type);
        json.WriteString("status"u8, order.Status);
        json.WriteNumber("triggerPrice"u8, order.TriggerPrice);
        json.WriteNumber("quantity"u8, order.Quantity);
        json.WriteBoolean("closePosition"u8, order.ClosePosition);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Fill fill)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, fill.Id);
        json.WriteString("clientOrderId"u8, fill.Order.ClientId);
        json.WriteString("symbol"u8, fill.Order.Symbol.Name);
        json.WriteString("side"u8, Words.Of(fill.Order.Side));
        json.WriteNumber("price"u8, fill.Price);
        json.WriteNumber("quantity"u8, fill.Quantity);
        json.WriteNumber("feeUsd"u8, fill.FeeUsd);
        json.WriteNumber("realizedUsd"u8, fill.RealizedUsd);
        json.WriteBoolean("maker"u8, fill.IsMaker);
        json.WriteNumber("atMs"u8, fill.AtMs);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PositionView position)
    {
        json.WriteStartObject();
        json.WriteString("symbol"u8, position.Symbol.Name);
        json.WriteNumber("quantity"u8, position.Quantity);
        json.WriteNumber("entryPrice"u8, position.EntryPrice);
        json.WriteNumber("markPrice"u8, position.MarkPrice);
        json.WriteNumber("leverage"u8, position.Leverage);
        json.WriteBoolean("isolated"u8, position.IsIsolated);
        json.WriteNumber("isolatedUsd"u8, position.IsolatedUsd);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FaultRule rule)
    {
        json.WriteStartObject();
        json.WriteString("kind"u8, rule.Kind.ToString());
        json.WriteNumber("hits"u8, rule.Hits);
        json.WriteStartArray("struck"u8);
        foreach (var clientId in rule.Struck) json.WriteStringValue(clientId);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
