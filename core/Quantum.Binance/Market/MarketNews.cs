using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Feeds;

namespace Quantum.Binance.Market;

/// <summary>What the market's streams, or a request that fills a gap, tell.</summary>
internal abstract record MarketNews(Symbol Symbol);

/// <summary>A trade, or several of one taker at one price.</summary>
internal sealed record TradeNews(Symbol Symbol, long Id, long AtMs, decimal Price, decimal Quantity, bool IsBuyerMaker)
    : MarketNews(Symbol);

/// <summary>The best prices.</summary>
internal sealed record BookNews(
    Symbol Symbol, long Id, long AtMs, decimal Bid, decimal Ask, decimal BidQuantity, decimal AskQuantity)
    : MarketNews(Symbol)
{
    /// <summary>As a feed tells it.</summary>
    public BookTop Top() => new()
    {
        Symbol = Symbol, BidPrice = Bid, AskPrice = Ask, BidQuantity = BidQuantity, AskQuantity = AskQuantity,
    };
}

/// <summary>Mark price and funding.</summary>
internal sealed record MarkNews(Symbol Symbol, long AtMs, decimal Price, double? FundingRate, long? NextFundingAtMs)
    : MarketNews(Symbol);

/// <summary>A candle has closed.</summary>
internal sealed record CandleNews(Symbol Symbol, long AtMs, MarketKline Candle) : MarketNews(Symbol);

/// <summary>Candles that were asked for, up to an open; null: they could not be read.</summary>
internal sealed record FilledNews(Symbol Symbol, long ToMs, IReadOnlyList<MarketKline>? Candles)
    : MarketNews(Symbol);

/// <summary>A frame that is not understood, or tells what cannot be.</summary>
internal sealed record UnreadNews(string What, string Payload) : MarketNews(default(Symbol));

/// <summary>The streams are back after a break.</summary>
internal sealed record RestoredNews() : MarketNews(default(Symbol));
