namespace Quantum.Contracts.Events;

/// <summary>The checks that several events share.</summary>
internal static class Prices
{
    private const int LeastPriceScale = 12;

    public static string? Fault(string name, decimal price) =>
        decimal.Sign(price) <= 0 ? $"{name} {price} is not above 0: a price that is unknown is sent empty"
        // With no more decimals than the lowest price has, what is above 0 is not below it.
        : price.Scale > LeastPriceScale && price < WireLimits.LeastPrice
            ? $"{name} {price} is below {WireLimits.LeastPrice}, the lowest price that is"
        : null;

    public static string? Fault(string name, in decimal? price) => price is { } known ? Fault(name, known) : null;

    public static string? SpreadFault(in decimal? bid, in decimal? ask)
    {
        if (bid is null && ask is null) return null;
        if (Fault("bid_price", in bid) is { } bidFault) return bidFault;
        if (Fault("ask_price", in ask) is { } askFault) return askFault;
        return ask < bid ? $"ask_price {ask} is below bid_price {bid}" : null;
    }

    public static string? PositiveFault(string name, double value) =>
        value <= 0 ? $"{name} {value} is not above 0" : null;

    public static string? FractionFault(string name, double? value) =>
        value is < 0 or > 1 ? $"{name} {value} is outside 0 to 1" : null;
}
