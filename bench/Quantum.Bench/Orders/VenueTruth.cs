using System.Text.Json;

namespace Quantum.Bench.Orders;

/// <summary>An order of the venue's, plain or conditional.</summary>
/// <param name="ClientId">The id that its client gave it.</param>
/// <param name="Symbol">Its symbol.</param>
/// <param name="IsBuy">Its side.</param>
/// <param name="IsConditional">Whether it waits, or waited, for a trigger.</param>
/// <param name="Quantity">Base quantity.</param>
/// <param name="ClosesAll">Whether it closes whatever is held.</param>
/// <param name="Status">In the exchange's words.</param>
internal sealed record TrueOrder(
    string ClientId, string Symbol, bool IsBuy, bool IsConditional, decimal Quantity, bool ClosesAll, string Status);

/// <summary>A fill of the venue's.</summary>
/// <param name="ClientId">The client id of its order.</param>
/// <param name="Symbol">Its symbol.</param>
/// <param name="Quantity">Base quantity, above 0.</param>
internal sealed record TrueFill(string ClientId, string Symbol, decimal Quantity);

/// <summary>A fault as the venue counts it, in the order in which they were ordered.</summary>
/// <param name="Hits">How often it struck.</param>
/// <param name="ClientIds">Whose orders' requests it struck.</param>
internal sealed record TrueFault(int Hits, IReadOnlyList<string> ClientIds);

/// <summary>What the venue knows of the account: everything, or only what can still change.</summary>
internal sealed record VenueTruth
{
    /// <summary>How often an order of a client id was accepted.</summary>
    public IReadOnlyDictionary<string, int> Accepted { get; private init; } = new Dictionary<string, int>();

    public IReadOnlyList<TrueOrder> Orders { get; private init; } = [];

    public IReadOnlyList<TrueFill> Fills { get; private init; } = [];

    /// <summary>Signed base quantity by symbol; none of 0.</summary>
    public IReadOnlyDictionary<string, decimal> Positions { get; private init; } = new Dictionary<string, decimal>();

    public IReadOnlyList<TrueFault> Faults { get; private init; } = [];

    public static VenueTruth Of(JsonElement state) => new()
    {
        Accepted = state.TryGetProperty("accepted", out var accepted)
            ? accepted.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetInt32())
            : new Dictionary<string, int>(),
        Orders =
        [
            .. Rows(state, "orders").Select(row => OrderOf(row, "clientOrderId")),
            .. Rows(state, "algoOrders").Select(row => OrderOf(row, "clientAlgoId")),
        ],
        Fills =
        [
            .. Rows(state, "fills").Select(row => new TrueFill(
                Text(row, "clientOrderId"), Text(row, "symbol"), row.GetProperty("quantity").GetDecimal())),
        ],
        Positions = Rows(state, "positions").ToDictionary(
            row => Text(row, "symbol"), row => row.GetProperty("quantity").GetDecimal()),
        Faults =
        [
            .. Rows(state, "faults").Select(row => new TrueFault(
                row.GetProperty("hits").GetInt32(),
                [.. row.GetProperty("struck").EnumerateArray().Select(id => id.GetString()!)])),
        ],
    };

    private static TrueOrder OrderOf(JsonElement row, string idName)
    {
        var isConditional = idName == "clientAlgoId";
        return new TrueOrder(
            Text(row, idName), Text(row, "symbol"), Text(row, "side") == "BUY", isConditional,
            row.GetProperty("quantity").GetDecimal(), isConditional && row.GetProperty("closePosition").GetBoolean(),
            Text(row, "status"));
    }

    private static JsonElement[] Rows(JsonElement state, string name) =>
        state.TryGetProperty(name, out var rows) ? [.. rows.EnumerateArray()] : [];

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;
}
