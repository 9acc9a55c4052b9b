using System.Globalization;

namespace Quantum.Bench.Orders;

/// <summary>One execution.result as it stands in its stream.</summary>
/// <param name="Kind">What it reports: `intent`, `stop`, `late_fill` …</param>
/// <param name="IntentId">Whose end it is, or which intent opened the position.</param>
/// <param name="Symbol">Its symbol.</param>
/// <param name="Outcome">How the intent ended.</param>
/// <param name="ReasonCode">Why.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="ClientOrderId">The order whose fills it tells, or null.</param>
/// <param name="FilledQuantity">Base quantity of these fills.</param>
/// <param name="PositionQuantity">Signed base quantity afterwards, or null.</param>
/// <param name="StopPrice">Where the stop rests, or null.</param>
internal sealed record ToldResult(
    string Kind, string? IntentId, string Symbol, string Outcome, string ReasonCode, string Reason,
    string? ClientOrderId, decimal FilledQuantity, decimal? PositionQuantity, decimal? StopPrice)
{
    public bool IsIntent => Kind == "intent";

    public static ToldResult Of(IReadOnlyDictionary<string, string> fields) => new(
        fields["kind"], Text(fields, "intent_id"), fields["symbol"], fields["outcome"], fields["reason_code"],
        Text(fields, "reason") ?? "", Text(fields, "client_order_id"), Number(fields, "filled_quantity") ?? 0,
        Number(fields, "position_quantity"), Number(fields, "stop_price"));

    private static string? Text(IReadOnlyDictionary<string, string> fields, string name) =>
        fields.TryGetValue(name, out var text) && text.Length > 0 ? text : null;

    private static decimal? Number(IReadOnlyDictionary<string, string> fields, string name) =>
        Text(fields, name) is { } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : null;
}
