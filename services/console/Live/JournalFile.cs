using Quantum.Console.Api;

namespace Quantum.Console.Live;

/// <summary>The closed trades that the stream keeps, or those of them that are asked for, as CSV.</summary>
internal static class JournalFile
{
    private const int MostRows = 100_000;

    public static void Map(WebApplication app) =>
        app.MapGet("/journal.csv", async (
            [AsParameters] TradeFilter filter, Questions questions, CancellationToken cancel) =>
        {
            if (filter.Fault() is { } unfit)
                return Results.Json(new { error = unfit }, statusCode: StatusCodes.Status400BadRequest);
            var (trades, fault) = await questions.AskAsync(
                look => look.Newest(StreamCatalog.TradeClosed, MostRows).Where(filter.Fits).ToList(), cancel);
            return trades is null
                ? Results.Json(new { error = fault }, statusCode: StatusCodes.Status503ServiceUnavailable)
                : Results.File(Encoding.UTF8.GetBytes(Of(trades)), "text/csv", "trades.csv");
        });

    private static string Of(IEnumerable<StreamEntry> trades)
    {
        var names = StreamCatalog.TradeClosed.FieldNames;
        var text = new StringBuilder().AppendJoin(',', names).Append('\n');
        foreach (var trade in trades) text.AppendJoin(',', names.Select(name => Cell(trade[name]))).Append('\n');
        return text.ToString();
    }

    // A cell that begins like a formula is run by spreadsheets: a quote before it keeps it text.
    private static string Cell(string text)
    {
        var isFormula = text.Length > 0 && "=+@\t\r".Contains(text[0], StringComparison.Ordinal);
        var plain = isFormula || (text.StartsWith('-') && !decimal.TryParse(text, out _)) ? "'" + text : text;
        return plain.AsSpan().ContainsAny(",\"\n\r")
            ? $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : plain;
    }
}
