namespace Binance.Net.Interfaces;

public interface IBinanceBookPrice
{
    string Symbol { get; set; }

    decimal BestBidPrice { get; set; }

    decimal BestBidQuantity { get; set; }

    decimal BestAskPrice { get; set; }

    decimal BestAskQuantity { get; set; }
}
