using System.Buffers;

namespace Quantum.Venue.Market;

/// <summary>Writes the events of market streams, each once for all who hear it. For the loop's thread.</summary>
internal sealed class MarketFrames : IDisposable
{
    private readonly ArrayBufferWriter<byte> _bytes = new(4096);
    private readonly Utf8JsonWriter _json;

    public MarketFrames() => _json = new Utf8JsonWriter(_bytes, new JsonWriterOptions { SkipValidation = true });

    public byte[] BookTicker(SymbolMarket market, long nowMs)
    {
        Begin("bookTicker"u8, nowMs);
        var book = market.Book;
        _json.WriteNumber("u"u8, book.UpdateId);
        _json.WriteNumber("T"u8, book.AtMs);
        _json.WriteString("s"u8, market.Name);
        _json.Fixed("b"u8, book.Bid, market.PriceDecimals);
        _json.Fixed("B"u8, book.BidQuantity, market.QuantityDecimals);
        _json.Fixed("a"u8, book.Ask, market.PriceDecimals);
        _json.Fixed("A"u8, book.AskQuantity, market.QuantityDecimals);
        return End();
    }

    public byte[] Trade(SymbolMarket market, in Trade trade, long nowMs)
    {
        Begin("trade"u8, nowMs);
        _json.WriteNumber("T"u8, trade.AtMs);
        _json.WriteString("s"u8, market.Name);
        _json.WriteNumber("t"u8, trade.Id);
        _json.Fixed("p"u8, trade.Price, market.PriceDecimals);
        _json.Fixed("q"u8, trade.Quantity, market.QuantityDecimals);
        _json.WriteString("X"u8, "MARKET"u8);
        _json.WriteBoolean("m"u8, trade.IsBuyerMaker);
        return End();
    }

    public byte[] AggregateTrade(SymbolMarket market, in AggregateTrade trade, long nowMs)
    {
        Begin("aggTrade"u8, nowMs);
        _json.WriteString("s"u8, market.Name);
        _json.WriteNumber("a"u8, trade.Id);
        _json.Fixed("p"u8, trade.Whole.Price, market.PriceDecimals);
        _json.Fixed("q"u8, trade.Whole.Quantity, market.QuantityDecimals);
        _json.WriteNumber("f"u8, trade.Whole.Id);
        _json.WriteNumber("l"u8, trade.LastId);
        _json.WriteNumber("T"u8, trade.Whole.AtMs);
        _json.WriteBoolean("m"u8, trade.Whole.IsBuyerMaker);
        return End();
    }

    /// <summary>Levels that changed, or the best of the book.</summary>
    /// <param name="market">Whose.</param>
    /// <param name="beforeId">The update that the stream told before.</param>
    /// <param name="bids">Levels in ticks.</param>
    /// <param name="asks">Levels in ticks.</param>
    /// <param name="nowMs">UTC epoch ms.</param>
    public byte[] Depth(
        SymbolMarket market, long beforeId, IEnumerable<long> bids, IEnumerable<long> asks, long nowMs)
    {
        Begin("depthUpdate"u8, nowMs);
        _json.WriteNumber("T"u8, market.Book.AtMs);
        _json.WriteString("s"u8, market.Name);
        _json.WriteNumber("U"u8, beforeId + 1);
        _json.WriteNumber("u"u8, market.Book.UpdateId);
        _json.WriteNumber("pu"u8, beforeId);
        _json.Levels("b"u8, market, bids, isBid: true);
        _json.Levels("a"u8, market, asks, isBid: false);
        return End();
    }

    public byte[] Kline(
        SymbolMarket market, KlineInterval interval, bool isContinuous, in Candle candle, bool isClosed, long nowMs)
    {
        Begin(isContinuous ? "continuous_kline"u8 : "kline"u8, nowMs);
        if (isContinuous)
        {
            _json.WriteString("ps"u8, market.Name);
            _json.WriteString("ct"u8, "PERPETUAL"u8);
        }
        else
        {
            _json.WriteString("s"u8, market.Name);
        }

        _json.WriteStartObject("k"u8);
        _json.WriteNumber("t"u8, candle.OpenMs);
        _json.WriteNumber("T"u8, interval.EndOf(candle.OpenMs) - 1);
        if (!isContinuous) _json.WriteString("s"u8, market.Name);
        _json.WriteString("i"u8, interval.Name);
        _json.WriteNumber("f"u8, candle.FirstId);
        _json.WriteNumber("L"u8, candle.LastId);
        _json.Fixed("o"u8, candle.Open, market.PriceDecimals);
        _json.Fixed("c"u8, candle.Close, market.PriceDecimals);
        _json.Fixed("h"u8, candle.High, market.PriceDecimals);
        _json.Fixed("l"u8, candle.Low, market.PriceDecimals);
        _json.Fixed("v"u8, candle.Volume, market.QuantityDecimals);
        _json.WriteNumber("n"u8, candle.Trades);
        _json.WriteBoolean("x"u8, isClosed);
        _json.Plain("q"u8, Math.Round(candle.QuoteVolume, 8));
        _json.Fixed("V"u8, candle.TakerVolume, market.QuantityDecimals);
        _json.Plain("Q"u8, Math.Round(candle.TakerQuoteVolume, 8));
        _json.WriteString("B"u8, "0"u8);
        _json.WriteEndObject();
        return End();
    }

    public byte[] Mark(SymbolMarket market, long nowMs)
    {
        BeginText();
        WriteMark(market, nowMs);
        return EndText();
    }

    public byte[] Marks(IEnumerable<SymbolMarket> markets, long nowMs)
    {
        BeginText();
        _json.WriteStartArray();
        foreach (var market in markets) WriteMark(market, nowMs);
        _json.WriteEndArray();
        return EndText();
    }

    public byte[] Ticker(SymbolMarket market, bool isMini, long nowMs)
    {
        BeginText();
        WriteTicker(market, isMini, nowMs);
        return EndText();
    }

    public byte[] Tickers(IEnumerable<SymbolMarket> markets, bool isMini, long nowMs)
    {
        BeginText();
        _json.WriteStartArray();
        foreach (var market in markets) WriteTicker(market, isMini, nowMs);
        _json.WriteEndArray();
        return EndText();
    }

    public void Dispose() => _json.Dispose();

    private void WriteMark(SymbolMarket market, long nowMs)
    {
        Head("markPriceUpdate"u8, nowMs);
        _json.WriteString("s"u8, market.Name);
        _json.Money("p"u8, market.Mark);
        _json.Money("i"u8, market.Mark);
        _json.Money("P"u8, market.Mark);
        _json.Money("r"u8, market.Funding.Rate);
        _json.WriteNumber("T"u8, market.Funding.NextMs);
        _json.WriteEndObject();
    }

    private void WriteTicker(SymbolMarket market, bool isMini, long nowMs)
    {
        var day = market.Candles.Day(nowMs);
        Head(isMini ? "24hrMiniTicker"u8 : "24hrTicker"u8, nowMs);
        _json.WriteString("s"u8, market.Name);
        if (!isMini)
        {
            _json.Fixed("p"u8, market.LastPrice - day.Open, market.PriceDecimals);
            _json.Fixed("P"u8, DayTicker.ChangePercent(in day, market.LastPrice), 3);
            _json.Fixed("w"u8, DayTicker.AveragePrice(in day, market.LastPrice), market.PriceDecimals);
            _json.Fixed("Q"u8, market.LastQuantity, market.QuantityDecimals);
        }

        _json.Fixed("c"u8, market.LastPrice, market.PriceDecimals);
        _json.Fixed("o"u8, day.Open, market.PriceDecimals);
        _json.Fixed("h"u8, day.High, market.PriceDecimals);
        _json.Fixed("l"u8, day.Low, market.PriceDecimals);
        _json.Fixed("v"u8, day.Volume, market.QuantityDecimals);
        _json.Fixed("q"u8, day.QuoteVolume, 2);
        if (!isMini)
        {
            _json.WriteNumber("O"u8, day.OpenMs);
            _json.WriteNumber("C"u8, nowMs);
            _json.WriteNumber("F"u8, Math.Max(0, day.FirstId));
            _json.WriteNumber("L"u8, Math.Max(0, day.LastId));
            _json.WriteNumber("n"u8, day.Trades);
        }

        _json.WriteEndObject();
    }

    private void Begin(ReadOnlySpan<byte> kind, long nowMs)
    {
        BeginText();
        Head(kind, nowMs);
    }

    private void Head(ReadOnlySpan<byte> kind, long nowMs)
    {
        _json.WriteStartObject();
        _json.WriteString("e"u8, kind);
        _json.WriteNumber("E"u8, nowMs);
    }

    private byte[] End()
    {
        _json.WriteEndObject();
        return EndText();
    }

    private void BeginText()
    {
        _bytes.ResetWrittenCount();
        _json.Reset(_bytes);
    }

    // Those who hear it keep it in their queues, so it is theirs.
    private byte[] EndText()
    {
        _json.Flush();
        return _bytes.WrittenSpan.ToArray();
    }
}
