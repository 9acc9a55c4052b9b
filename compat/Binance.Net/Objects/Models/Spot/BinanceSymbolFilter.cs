namespace Binance.Net.Objects.Models.Spot;

/// <summary>A trading rule of a symbol; rules that the stand-in does not know are of this type itself.</summary>
public record BinanceSymbolFilter
{
    public SymbolFilterType FilterType { get; set; }
}

public record BinanceSymbolPriceFilter : BinanceSymbolFilter
{
    public decimal MinPrice { get; set; }

    public decimal MaxPrice { get; set; }

    public decimal TickSize { get; set; }
}

public record BinanceSymbolPercentPriceFilter : BinanceSymbolFilter
{
    public decimal MultiplierUp { get; set; }

    public decimal MultiplierDown { get; set; }

    public int? MultiplierDecimal { get; set; }

    public int? AveragePriceMinutes { get; set; }
}

public record BinanceSymbolLotSizeFilter : BinanceSymbolFilter
{
    public decimal MinQuantity { get; set; }

    public decimal MaxQuantity { get; set; }

    public decimal StepSize { get; set; }
}

public record BinanceSymbolMarketLotSizeFilter : BinanceSymbolFilter
{
    public decimal MinQuantity { get; set; }

    public decimal MaxQuantity { get; set; }

    public decimal StepSize { get; set; }
}

public record BinanceSymbolMinNotionalFilter : BinanceSymbolFilter
{
    public decimal MinNotional { get; set; }

    public bool? ApplyToMarketOrders { get; set; }

    public int? AveragePriceMinutes { get; set; }
}

public record BinanceSymbolMaxOrdersFilter : BinanceSymbolFilter
{
    public int MaxNumberOrders { get; set; }
}

public record BinanceSymbolMaxAlgorithmicOrdersFilter : BinanceSymbolFilter
{
    public int MaxNumberAlgorithmicOrders { get; set; }
}
