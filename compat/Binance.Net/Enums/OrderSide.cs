namespace Binance.Net.Enums;

public enum OrderSide
{
    [Map("BUY")] Buy,
    [Map("SELL")] Sell,
}
