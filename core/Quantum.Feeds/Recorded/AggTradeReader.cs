using Quantum.Contracts.Units;

namespace Quantum.Feeds.Recorded;

/// <summary>
/// Reads Binance's public aggTrades dumps of one symbol: agg_trade_id, price, quantity, first_trade_id, last_trade_id,
/// transact_time, is_buyer_maker, with or without that header.
/// </summary>
internal static class AggTradeReader
{
    private const int Columns = 7;
    private const int PriceColumn = 1;
    private const int QuantityColumn = 2;
    private const int TimeColumn = 5;
    private const int MakerColumn = 6;

    public static bool IsHeader(string line) =>
        line.TrimStart('\uFEFF').StartsWith("agg_trade_id,", StringComparison.Ordinal);

    /// <summary>Whether a first line is this format's.</summary>
    public static bool Knows(string line)
    {
        if (IsHeader(line)) return true;
        var parts = line.Split(',');
        return parts.Length is Columns or Columns + 1 && bool.TryParse(parts[MakerColumn], out _);
    }

    public static IEnumerable<TapeRecord> Read(Symbol symbol, IReadOnlyList<string> files)
    {
        var lastId = -1L;
        var lastMs = 0L;
        foreach (var file in files)
        {
            using var reader = TapeFile.Open(file);
            for (var line = 1L; reader.ReadLine() is { } text; line++)
            {
                if (string.IsNullOrWhiteSpace(text) || (line == 1 && IsHeader(text))) continue;
                var record = Parse(new RowPlace(file, line), symbol, text, ref lastId, lastMs);
                lastMs = record.AtMs;
                yield return record;
            }
        }
    }

    private static TapeRecord Parse(in RowPlace place, Symbol symbol, string text, ref long lastId, long lastMs)
    {
        Span<Range> parts = stackalloc Range[Columns + 2];
        var count = text.AsSpan().Split(parts, ',');
        if (count < Columns)
        {
            throw place.Fault($"the row has {count} columns, {Columns} are needed", "complete the line, or remove it");
        }

        var id = RowText.Whole(in place, "agg_trade_id", text.AsSpan(parts[0]));
        var timeText = text.AsSpan(parts[TimeColumn]);
        var atMs = RowText.Time(in place, "transact_time", timeText);
        if (id == lastId)
            throw place.Fault("agg_trade_id", text.AsSpan(parts[0]), "is a duplicate of the line before", "remove one");
        if (id < lastId || atMs < lastMs)
            throw place.Fault("transact_time", timeText, "is before the line above", "sort the file by agg_trade_id");
        if (!bool.TryParse(text.AsSpan(parts[MakerColumn]), out var isMaker))
        {
            throw place.Fault(
                "is_buyer_maker", text.AsSpan(parts[MakerColumn]), "is neither true nor false", "correct the line");
        }

        lastId = id;
        return new TapeRecord
        {
            Kind = TapeRecordKind.Trade, AtMs = atMs, Symbol = symbol, IsBuyerMaker = isMaker,
            Price = RowText.Price(in place, "price", text.AsSpan(parts[PriceColumn])),
            Quantity = RowText.Quantity(in place, "quantity", text.AsSpan(parts[QuantityColumn])),
        };
    }
}
