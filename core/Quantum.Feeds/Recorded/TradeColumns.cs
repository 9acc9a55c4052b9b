namespace Quantum.Feeds.Recorded;

/// <summary>
/// Where the columns of trades and quotes stand: Binance's dumps of aggTrades, trades and bookTicker, with or without a
/// header where dumps come without, and Tardis' trades, quotes, book snapshots and derivative tickers.
/// </summary>
internal sealed record TradeColumns
{
    private const int AggTradeColumns = 7;
    private const int TradeColumnsLeast = 6;

    public required TapeForm Form { get; init; }
    public required bool HasHeader { get; init; }

    /// <summary>Columns of every row.</summary>
    public required int Count { get; init; }

    /// <summary>When it happened.</summary>
    public required int Time { get; init; }

    /// <summary>What the file is sorted by; the time itself where there is no other.</summary>
    public required int Key { get; init; }

    /// <summary>-1: the form has no such column, as for the ones below.</summary>
    public int Id { get; init; } = -1;

    public int Symbol { get; init; } = -1;
    public int Price { get; init; } = -1;
    public int Quantity { get; init; } = -1;

    /// <summary>true or false; for Tardis the taker's side, buy or sell.</summary>
    public int Maker { get; init; } = -1;

    public int Bid { get; init; } = -1;
    public int Ask { get; init; } = -1;
    public int BidQuantity { get; init; } = -1;
    public int AskQuantity { get; init; } = -1;
    public int FundingRate { get; init; } = -1;
    public int FundingTime { get; init; } = -1;

    /// <summary>The columns by the file's first line, or null when it is no file of trades or quotes.</summary>
    public static TradeColumns? Of(ReadOnlySpan<byte> firstLine)
    {
        Span<Range> parts = stackalloc Range[CsvRow.MostColumns];
        var count = CsvRow.Split(firstLine, (byte)',', parts);
        if (count < TradeColumnsLeast) return null;
        var names = new string[count];
        for (var i = 0; i < count; i++)
            names[i] = Encoding.UTF8.GetString(CsvRow.Value(firstLine, parts[i])).ToLowerInvariant();
        return names[0] switch
        {
            "agg_trade_id" or "a" => Dump(names, TapeForm.AggTrades, "transact_time", "quantity"),
            "id" => Dump(names, TapeForm.Trades, "time", "qty"),
            "update_id" => Quotes(names),
            "exchange" => Tardis(names),
            _ => WithoutHeader(names),
        };
    }

    private static TradeColumns? Dump(string[] names, TapeForm form, string time, string quantity)
    {
        var columns = new TradeColumns
        {
            Form = form, HasHeader = true, Count = names.Length, Time = Find(names, time, "timestamp", "time"),
            Key = Find(names, time, "timestamp", "time"), Id = 0, Price = Find(names, "price"),
            Quantity = Find(names, quantity, "quantity", "qty"), Maker = Find(names, "is_buyer_maker"),
        };
        return columns is { Time: >= 0, Price: >= 0, Quantity: >= 0, Maker: >= 0 } ? columns : null;
    }

    private static TradeColumns? Quotes(string[] names)
    {
        var columns = new TradeColumns
        {
            Form = TapeForm.BookTicker, HasHeader = true, Count = names.Length,
            Time = Find(names, "transaction_time", "event_time"), Key = Find(names, "transaction_time", "event_time"),
            Bid = Find(names, "best_bid_price"), Ask = Find(names, "best_ask_price"),
            BidQuantity = Find(names, "best_bid_qty"), AskQuantity = Find(names, "best_ask_qty"),
        };
        return columns is { Time: >= 0, Bid: >= 0, Ask: >= 0 } ? columns : null;
    }

    private static TradeColumns? Tardis(string[] names)
    {
        var columns = new TradeColumns
        {
            Form = TapeForm.TardisTrades, HasHeader = true, Count = names.Length, Time = Find(names, "timestamp"),
            Key = Find(names, "local_timestamp"), Symbol = Find(names, "symbol"), Id = Find(names, "id"),
            Price = Find(names, "price", "mark_price"), Quantity = Find(names, "amount"), Maker = Find(names, "side"),
            Bid = Find(names, "bids[0].price", "bid_price"), Ask = Find(names, "asks[0].price", "ask_price"),
            BidQuantity = Find(names, "bids[0].amount", "bid_amount"),
            AskQuantity = Find(names, "asks[0].amount", "ask_amount"),
            FundingRate = Find(names, "funding_rate"), FundingTime = Find(names, "funding_timestamp"),
        };
        if (columns is not { Time: >= 0, Key: >= 0, Symbol: >= 0 }) return null;
        // Books in steps have side, price and amount too, but no id.
        if (columns is { Id: >= 0, Price: >= 0, Quantity: >= 0, Maker: >= 0 }) return columns;
        if (columns is { Bid: >= 0, Ask: >= 0 }) return columns with { Form = TapeForm.TardisBook };
        return columns is { FundingRate: >= 0, Price: >= 0 } ? columns with { Form = TapeForm.TardisTicker } : null;
    }

    private static TradeColumns? WithoutHeader(string[] values)
    {
        var isAggregate = values.Length is AggTradeColumns or AggTradeColumns + 1 && bool.TryParse(values[6], out _);
        if (isAggregate)
        {
            return new TradeColumns
            {
                Form = TapeForm.AggTrades, HasHeader = false, Count = values.Length, Time = 5, Key = 5, Id = 0,
                Price = 1, Quantity = 2, Maker = 6,
            };
        }

        return values.Length is TradeColumnsLeast or TradeColumnsLeast + 1 && bool.TryParse(values[5], out _)
            ? new TradeColumns
            {
                Form = TapeForm.Trades, HasHeader = false, Count = values.Length, Time = 4, Key = 4, Id = 0, Price = 1,
                Quantity = 2, Maker = 5,
            }
            : null;
    }

    private static int Find(string[] names, params ReadOnlySpan<string> known)
    {
        foreach (var name in known)
            if (Array.IndexOf(names, name) is >= 0 and var index) return index;
        return -1;
    }
}
