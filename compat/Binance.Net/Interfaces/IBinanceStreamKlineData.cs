namespace Binance.Net.Interfaces;

public interface IBinanceStreamKlineData
{
    string Symbol { get; set; }

    IBinanceStreamKline Data { get; set; }
}
