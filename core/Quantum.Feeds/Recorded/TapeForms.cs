using Quantum.Feeds.Files;

namespace Quantum.Feeds.Recorded;

/// <summary>The forms in which recordings are read.</summary>
public enum TapeForm
{
    Candles, MarkCandles, Funding, AggTrades, Trades, BookTicker, TardisTrades, TardisBook, TardisTicker, Capture,
    Archive,
}

/// <summary>Tells the form of a part by its name and its first line.</summary>
internal static class TapeForms
{
    /// <summary>What is taken, for messages.</summary>
    public const string Taken =
        "taken are candles as CSV (timestamp,open,high,low,close,volume, other names by --columns), Binance's dumps of "
        + "klines, aggTrades, trades, bookTicker and fundingRate, freqtrade's .feather and .json, Tardis trades, "
        + "book snapshots and quotes, and raw captures; each plain, .gz or in .zip; and archives (./quantum "
        + "record, import)";

    /// <summary>The form; null when it is none, or nothing is in it.</summary>
    public static TapeForm? Of(TapePart part, ColumnNames? given)
    {
        var named = TapeName.KindOf(part);
        if (part.Is(".feather") || part.Is(".json") || part.Is(".json.gz"))
            return BeginsWith(part, part.Is(".feather") ? "ARROW1"u8 : "["u8) ? named ?? TapeForm.Candles : null;
        using var reader = CsvFile.Open(part);
        if (reader.Line == 0) return null;
        if (CaptureReader.Knows(reader.Text)) return TapeForm.Capture;
        if (TradeColumns.Of(reader.Text) is { } trades) return trades.Form;
        if (FundingReader.Knows(reader.Text)) return TapeForm.Funding;
        if (KlineColumns.Of(reader.Text, given) is null) return null;
        return named == TapeForm.MarkCandles ? TapeForm.MarkCandles : TapeForm.Candles;
    }

    private static bool BeginsWith(TapePart part, ReadOnlySpan<byte> mark)
    {
        using var bytes = TapeBytes.Open(part);
        Span<byte> first = stackalloc byte[64];
        var count = bytes.Read(first);
        return first[..count].TrimStart(" \t\r\n\uFEFF"u8).StartsWith(mark);
    }

    /// <summary>Why a part is not taken, and whether that is because nothing is in it.</summary>
    public static (FeedException Fault, bool IsEmpty) Unknown(TapePart part, ColumnNames? given)
    {
        using var reader = CsvFile.Open(part);
        if (reader.Line == 0) return (new FeedException($"{part}: is empty; remove it, or fetch it again."), true);
        var fault = given is null
            ? Unknown(part, reader.Line, reader.Text)
            : new RowPlace(part.Name, reader.Line).Fault(
                "header", reader.Text, $"does not have the columns {given}", $"correct {FeedNames.Columns}");
        return (fault, false);
    }

    public static FeedException Unknown(TapePart part, long line, ReadOnlySpan<byte> text) =>
        new RowPlace(part.Name, line).Fault("header", text, "is no known form", Taken);
}
