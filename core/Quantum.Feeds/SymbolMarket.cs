namespace Quantum.Feeds;

/// <summary>What a feed knows of one symbol's market now: the source of its market_data and of its quote.</summary>
internal sealed class SymbolMarket(Symbol symbol)
{
    private readonly DayStatistics _day = new();

    public Symbol Symbol { get; } = symbol;

    /// <summary>Price of the last trade; null before the first.</summary>
    public decimal? LastPrice { get; private set; }

    /// <summary>Null: the last price stands for it, because the feed knows no mark price.</summary>
    public decimal? MarkPrice { get; set; }

    public decimal? BidPrice { get; set; }
    public decimal? AskPrice { get; set; }

    /// <summary>Per 8 hours, fraction; null when the feed does not know it.</summary>
    public double? FundingRate { get; set; }

    /// <summary>UTC epoch ms; null when the feed does not know it.</summary>
    public long? NextFundingAtMs { get; set; }

    public void Traded(long atMs, decimal price, double valueUsd)
    {
        LastPrice = price;
        _day.Add(atMs, price, valueUsd);
    }

    /// <summary>The market_data event; only after the first trade.</summary>
    public MarketData Snapshot() => new()
    {
        Symbol = Symbol,
        LastPrice = LastPrice!.Value,
        MarkPrice = MarkPrice ?? LastPrice,
        BidPrice = BidPrice,
        AskPrice = AskPrice,
        High24hPrice = _day.High,
        Low24hPrice = _day.Low,
        Change24hFraction = _day.ChangeFraction,
        Volume24hUsd = _day.VolumeUsd,
        FundingRate = FundingRate,
        NextFundingAtMs = NextFundingAtMs,
    };

    /// <summary>The venue's quote; the last price stands for bid and ask when the feed has no book.</summary>
    public ExchangeRaw Quote(string exchange) => new()
    {
        Exchange = exchange,
        Symbol = Symbol,
        BidPrice = BidPrice ?? LastPrice!.Value,
        AskPrice = AskPrice ?? LastPrice!.Value,
        LastPrice = LastPrice,
        FundingRate = FundingRate,
    };
}
