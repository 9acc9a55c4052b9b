namespace Binance.Net.Interfaces;

public interface IBinanceAggregatedTrade
{
    long Id { get; set; }

    decimal Price { get; set; }

    decimal Quantity { get; set; }

    long FirstTradeId { get; set; }

    long LastTradeId { get; set; }

    DateTime TradeTime { get; set; }

    bool BuyerIsMaker { get; set; }
}
