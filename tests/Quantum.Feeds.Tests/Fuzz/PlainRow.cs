using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Quantum.Feeds.Tests.Fuzz;

/// <summary>
/// What one line says, read in the plainest way: the fuzzer's measure, which shares no code with the readers.
/// </summary>
/// <param name="Key">What the file is sorted by.</param>
/// <param name="Id">Rises besides; 0 when the form has none.</param>
/// <param name="Event">As the product would tell it; empty when the line tells nothing.</param>
internal sealed partial record PlainRow(decimal Key, long Id, string Event)
{
    public static string Text(long atMs, params ReadOnlySpan<decimal> values)
    {
        var text = new StringBuilder(atMs.ToString(CultureInfo.InvariantCulture));
        foreach (var value in values) text.Append(CultureInfo.InvariantCulture, $" {value:0.############}");
        return text.ToString();
    }

    /// <summary>The values of a line; null when they are more or fewer, or quoted by halves.</summary>
    public static string[]? Csv(string line, int columns)
    {
        var values = line.TrimEnd('\r').Split(',');
        return values.Length == columns && !line.Contains('"', StringComparison.Ordinal)
            ? [.. values.Select(value => value.Trim(' '))] : null;
    }

    public static string[]? Json(string line)
    {
        var row = Array().Match(line);
        return row.Success ? [.. row.Groups[1].Value.Split(',').Select(value => value.Trim(' ', '\t', '\r'))] : null;
    }

    public static PlainRow? Candle(string[]? values, int quote, int trades, int closes)
    {
        if (values is null || values.Length < 6) return null;
        var prices = values[1..6].Select(Number).ToArray();
        if (Ms(values[0]) is not { } at || prices.Any(price => price is null)) return null;
        var (open, high, low, close, volume) = (prices[0], prices[1], prices[2], prices[3], prices[4]);
        if (!(low > 0 && volume >= 0 && high >= low && open >= low && open <= high && close >= low && close <= high))
            return null;
        if (quote >= 0 && values[quote].Length > 0 && Number(values[quote]) is not >= 0) return null;
        if (trades >= 0 && values[trades].Length > 0 && !(Number(values[trades]) % 1 == 0)) return null;
        if (closes >= 0 && values[closes].Length > 0 && !(Ms(values[closes]) > at)) return null;
        return new PlainRow(at, 0, Text(at, [.. prices.Select(price => price!.Value)]));
    }

    public static PlainRow? Trade(string[]? values, int id, int time, int price, int quantity, int maker) =>
        values is not null && Ms(values[time]) is { } at && Number(values[price]) is { } p && p > 0
        && Number(values[quantity]) is { } q && q >= 0 && Number(values[id]) is { } n && n % 1 == 0
        && bool.TryParse(values[maker], out var isMaker)
            ? new PlainRow(at, (long)n, $"BTCUSDT {Text(at, p, q)} {isMaker}") : null;

    public static PlainRow? Funding(string[]? values) =>
        values is not null && Ms(values[0]) is { } at && Number(values[2]) is { } rate
            ? new PlainRow(at / 60_000, 0, Text(at / 60_000 * 60_000, rate)) : null;

    public static PlainRow? Tardis(string line)
    {
        if (Csv(line, 8) is not { } values || Ms(values[2]) is not { } at || Ns(values[3]) is not { } key) return null;
        if (!Name().IsMatch(values[1].ToUpperInvariant())) return new PlainRow(0, 0, "");
        bool? isMaker = values[5].ToUpperInvariant() is "SELL" or "TRUE" ? true
            : values[5].ToUpperInvariant() is "BUY" or "FALSE" ? false : null;
        return (isMaker is null && values[5] != "unknown") || Number(values[6]) is not { } price || price <= 0
            || Number(values[7]) is not { } amount || amount < 0 ? null
            : new PlainRow(key, 0, $"{values[1].ToUpperInvariant()} {Text(at, price, amount)} {isMaker}");
    }

    /// <summary>Only what is JSON by the book: what is nearly so the judge measures by the line it was.</summary>
    public static PlainRow? Capture(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || Ns(line[..space]) is not { } key) return null;
        try
        {
            using var document = JsonDocument.Parse(line[(space + 1)..]);
            var frame = document.RootElement;
            if (frame.ValueKind == JsonValueKind.Object && frame.TryGetProperty("data", out var data)) frame = data;
            if (frame.ValueKind == JsonValueKind.Array && frame.GetArrayLength() == 1) frame = frame[0];
            return frame.ValueKind == JsonValueKind.Object && EventOf(frame, (long)(key / 1_000_000)) is { } told
                ? new PlainRow(key, 0, told) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? EventOf(JsonElement frame, long receivedMs)
    {
        string? Of(string name) => !frame.TryGetProperty(name, out var value) ? null
            : value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
        var symbol = Of("s");
        if (symbol is null || !Name().IsMatch(symbol)) return symbol is null && Of("e") is not null ? null : "";
        var sent = Of("E") is { } e ? Ms(e) : receivedMs;
        var at = Of("T") is { } t ? Ms(t) : sent;
        // Spot's quotes have no name.
        switch (Of("e") ?? (Of("b") is not null && Of("a") is not null ? "bookTicker" : null))
        {
            case "trade" or "aggTrade" when Of("X") != "NA":
                var maker = Of("m");
                return at is { } traded && Number(Of("p")) is { } price && price > 0 && Number(Of("q")) is { } quantity
                    && quantity >= 0 && maker is null or "true" or "false"
                        ? $"{symbol} {Text(at!.Value, Number(Of("p"))!.Value, Number(Of("q"))!.Value)} "
                            + $"{(maker is null ? null : bool.Parse(maker))}"
                        : null;
            case "bookTicker":
                return at is { } quoted && Number(Of("b")) is { } bid && bid > 0 && Number(Of("a")) is { } ask
                    && ask >= bid
                    ? $"{symbol} {Text(quoted, bid, ask)}" : null;
            case "markPriceUpdate":
                var rate = Of("r") is null ? null : Number(Of("r"));
                return sent is { } marked && Number(Of("p")) is { } mark && mark > 0
                    ? $"{symbol} {Text(marked, mark)} {(double?)rate}" : null;
            default:
                return "";
        }
    }

    private static decimal? Number(string? text) => decimal.TryParse(
        text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static long? Ms(string text) => Ns(text) is { } ns ? (long)decimal.Floor(ns / 1_000_000) : null;

    private static decimal? Ns(string text)
    {
        if (Number(text) is { } number)
        {
            foreach (var scale in (decimal[])[1_000_000_000, 1_000_000, 1_000, 1])
                if (number * scale is >= 1_230_768_000_000_000_000m and < 4_133_980_800_000_000_000m)
                    return number * scale;
            return null;
        }

        return Iso().IsMatch(text) && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && time.UtcDateTime.Year is >= 2009 and <= 2100 ? time.ToUnixTimeMilliseconds() * 1_000_000m : null;
    }

    [GeneratedRegex(@"^\d{4}[-/]\d\d[-/]\d\d([ T]\d\d:\d\d(:\d\d(\.\d{1,9})?)? *(Z|z|UTC|[+-]\d\d(:?\d\d)?)?)?$")]
    private static partial Regex Iso();

    [GeneratedRegex(@"^[\p{Lu}\p{Lo}\p{Lm}\p{Nd}_][\p{Lu}\p{Lo}\p{Lm}\p{Nd}\p{Mn}\p{Mc}_]{1,23}$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^\[([^\[\]""]*)\]$")]
    private static partial Regex Array();
}
