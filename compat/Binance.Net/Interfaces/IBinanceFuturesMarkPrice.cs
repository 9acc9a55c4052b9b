namespace Binance.Net.Interfaces;

public interface IBinanceFuturesMarkPrice
{
    string Symbol { get; set; }

    decimal MarkPrice { get; set; }

    decimal? FundingRate { get; set; }

    DateTime NextFundingTime { get; set; }
}
