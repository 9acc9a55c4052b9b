using System.Globalization;
using Quantum.Contracts.Units;

namespace Quantum.Feeds.Recorded;

/// <summary>
/// Reads raw captures of Binance websocket frames: <c>&lt;receive time, ns&gt; &lt;frame as JSON&gt;</c>, frames of
/// combined streams or bare ones. Known are bookTicker, trade, aggTrade and markPriceUpdate; other frames are passed
/// over. The tape's time is the exchange's (T, else E, else the receive time), held back where it would go backwards.
/// </summary>
internal static class CaptureReader
{
    private const long NsPerMs = 1_000_000;

    /// <summary>Whether a first line is this format's.</summary>
    public static bool Knows(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && line.AsSpan(0, space).IndexOfAnyExceptInRange('0', '9') < 0
            && line.AsSpan(space).TrimStart().StartsWith("{");
    }

    public static IEnumerable<TapeRecord> Read(IReadOnlyList<string> files)
    {
        var lastNs = 0L;
        var lastMs = 0L;
        foreach (var file in files)
        {
            using var reader = TapeFile.Open(file);
            for (var line = 1L; reader.ReadLine() is { } text; line++)
            {
                if (string.IsNullOrWhiteSpace(text)) continue;
                var record = Parse(new RowPlace(file, line), text, ref lastNs);
                if (record.Kind == TapeRecordKind.Ignored) continue;
                lastMs = Math.Max(lastMs, record.AtMs);
                yield return record with { AtMs = lastMs };
            }
        }
    }

    private static TapeRecord Parse(in RowPlace place, string text, ref long lastNs)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var first = space < 0 ? text.AsSpan() : text.AsSpan(0, space);
        if (space < 0 || !long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var ns))
        {
            throw place.Fault(
                "receive time", first, "is no time in ns followed by a frame",
                "write '<receive ns> <JSON>', or remove it");
        }

        if (ns < lastNs)
            throw place.Fault("receive time", first, "is before the line above", "sort the capture by receive time");
        lastNs = ns;
        var json = text.AsSpan(space + 1);
        var outer = new JsonMembers(json);
        var frame = json;
        while (outer.Next(out var name, out var value))
            if (name is "data") frame = value;
        if (outer.IsBroken) throw place.Fault("frame", json, "is no JSON object", "remove the line");
        return Frame(in place, frame, ns / NsPerMs);
    }

    private static TapeRecord Frame(in RowPlace place, ReadOnlySpan<char> frame, long receivedMs)
    {
        ReadOnlySpan<char> kind = default, symbol = default, price = default, quantity = default, maker = default,
            bid = default, ask = default, tradedAt = default, sentAt = default, rate = default, how = default;
        var members = new JsonMembers(frame);
        while (members.Next(out var name, out var value))
        {
            switch (name)
            {
                case "e": kind = value; break;
                case "s": symbol = value; break;
                case "p": price = value; break;
                case "q": quantity = value; break;
                case "m": maker = value; break;
                case "b": bid = value; break;
                case "a": ask = value; break;
                case "T": tradedAt = value; break;
                case "E": sentAt = value; break;
                case "r": rate = value; break;
                case "X": how = value; break;
            }
        }

        if (members.IsBroken) throw place.Fault("frame", frame, "is no JSON object", "remove the line");
        // Spot's bookTicker has no event name.
        var isBook = kind is "bookTicker" || (kind.IsEmpty && !bid.IsEmpty && !ask.IsEmpty && !symbol.IsEmpty);
        if (isBook) return Book(in place, symbol, bid, ask, Time(in place, tradedAt, sentAt, receivedMs));
        if (kind is "markPriceUpdate") return Mark(in place, symbol, price, rate, tradedAt, sentAt, receivedMs);
        // X=NA is no trade of the market: its price and quantity are 0.
        if (kind is not ("trade" or "aggTrade") || how is "NA") return new TapeRecord { Kind = TapeRecordKind.Ignored };
        return new TapeRecord
        {
            Kind = TapeRecordKind.Trade, AtMs = Time(in place, tradedAt, sentAt, receivedMs),
            Symbol = Name(in place, symbol),
            Price = RowText.Price(in place, "p", price), Quantity = RowText.Quantity(in place, "q", quantity),
            IsBuyerMaker = maker is "true" ? true : maker is "false" ? false : null,
        };
    }

    private static TapeRecord Book(
        in RowPlace place, ReadOnlySpan<char> symbol, ReadOnlySpan<char> bid, ReadOnlySpan<char> ask, long atMs)
    {
        var record = new TapeRecord
        {
            Kind = TapeRecordKind.Book, AtMs = atMs, Symbol = Name(in place, symbol),
            BidPrice = RowText.Price(in place, "b", bid), AskPrice = RowText.Price(in place, "a", ask),
        };
        return record.AskPrice >= record.BidPrice ? record
            : throw place.Fault("a", ask, $"is an ask below the bid {record.BidPrice}", "remove the line");
    }

    private static TapeRecord Mark(
        in RowPlace place, ReadOnlySpan<char> symbol, ReadOnlySpan<char> price, ReadOnlySpan<char> rate,
        ReadOnlySpan<char> fundingAt, ReadOnlySpan<char> sentAt, long receivedMs) => new()
        {
            Kind = TapeRecordKind.Mark, AtMs = Time(in place, default, sentAt, receivedMs),
            Symbol = Name(in place, symbol),
            Price = RowText.Price(in place, "p", price),
            FundingRate = rate.IsEmpty ? null : (double)RowText.Number(in place, "r", rate),
            NextFundingAtMs = fundingAt.IsEmpty || fundingAt is "0" ? null : RowText.Time(in place, "T", fundingAt),
        };

    private static Symbol Name(in RowPlace place, ReadOnlySpan<char> text) =>
        Symbol.TryParse(text.ToString(), out var symbol)
            ? symbol
            : throw place.Fault("s", text, "is not a symbol", "use 2 to 24 of A-Z, 0-9 and '_', or remove the line");

    private static long Time(
        in RowPlace place, ReadOnlySpan<char> tradedAt, ReadOnlySpan<char> sentAt, long receivedMs) =>
        !tradedAt.IsEmpty ? RowText.Time(in place, "T", tradedAt)
        : !sentAt.IsEmpty ? RowText.Time(in place, "E", sentAt)
        : receivedMs;
}
