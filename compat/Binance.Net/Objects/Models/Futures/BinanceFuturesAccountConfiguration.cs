namespace Binance.Net.Objects.Models.Futures;

public record BinanceFuturesAccountConfiguration
{
    [JsonPropertyName("feeTier")] public int FeeTier { get; set; }
    [JsonPropertyName("canTrade")] public bool CanTrade { get; set; }
    [JsonPropertyName("canDeposit")] public bool CanDeposit { get; set; }
    [JsonPropertyName("canWithdraw")] public bool CanWithdraw { get; set; }
    [JsonPropertyName("dualSidePosition")] public bool DualSidePosition { get; set; }
    [JsonPropertyName("updateTime")] public DateTime? UpdateTime { get; set; }
    [JsonPropertyName("multiAssetsMargin")] public bool MultiAssetsMargin { get; set; }
    [JsonPropertyName("tradeGroupId")] public long TradeGroupId { get; set; }
}
