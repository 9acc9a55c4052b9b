namespace Binance.Net.Enums;

public enum WorkingType
{
    [Map("MARK_PRICE")] Mark,
    [Map("CONTRACT_PRICE")] Contract,
}
