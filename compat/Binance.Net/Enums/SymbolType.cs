namespace Binance.Net.Enums;

public enum SymbolType
{
    [Map("1")] UsdMargin,
    [Map("2")] CoinMargin,
}
