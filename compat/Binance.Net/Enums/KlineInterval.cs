namespace Binance.Net.Enums;

public enum KlineInterval
{
    [Map("1s")] OneSecond = 1,
    [Map("1m")] OneMinute = 60,
    [Map("3m")] ThreeMinutes = 60 * 3,
    [Map("5m")] FiveMinutes = 60 * 5,
    [Map("15m")] FifteenMinutes = 60 * 15,
    [Map("30m")] ThirtyMinutes = 60 * 30,
    [Map("1h")] OneHour = 60 * 60,
    [Map("2h")] TwoHour = 60 * 60 * 2,
    [Map("4h")] FourHour = 60 * 60 * 4,
    [Map("6h")] SixHour = 60 * 60 * 6,
    [Map("8h")] EightHour = 60 * 60 * 8,
    [Map("12h")] TwelveHour = 60 * 60 * 12,
    [Map("1d")] OneDay = 60 * 60 * 24,
    [Map("3d")] ThreeDay = 60 * 60 * 24 * 3,
    [Map("1w")] OneWeek = 60 * 60 * 24 * 7,
    [Map("1M")] OneMonth = 60 * 60 * 24 * 30,
}
