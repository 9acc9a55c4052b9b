namespace Binance.Net.Enums;

public enum PriceMatch
{
    [Map("NONE")] None,
    [Map("OPPONENT")] Opponent,
    [Map("OPPONENT_5")] Opponent5,
    [Map("OPPONENT_10")] Opponent10,
    [Map("OPPONENT_20")] Opponent20,
    [Map("QUEUE")] Queue,
    [Map("QUEUE_5")] Queue5,
    [Map("QUEUE_10")] Queue10,
    [Map("QUEUE_20")] Queue20,
}
