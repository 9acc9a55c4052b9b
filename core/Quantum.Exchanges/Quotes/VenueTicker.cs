using Microsoft.Extensions.Logging;

namespace Quantum.Exchanges.Quotes;

/// <summary>What a venue has told of one symbol so far, in its own units.</summary>
internal sealed class VenueTicker(string venue, VenueName name, ILogger log)
{
    private const double Hours = 8;
    private bool _isOdd;

    public decimal? Bid { get; set; }

    public decimal? Ask { get; set; }

    public decimal? Last { get; set; }

    /// <summary>Per funding interval, fraction of notional.</summary>
    public decimal? FundingRate { get; set; }

    /// <summary>Length of the interval for which the rate holds, hours; null when the venue has not told it.</summary>
    public double? FundingHours { get; set; }

    /// <summary>
    /// The quote in our units, funding brought to 8 hours; null while a side is missing or when the venue's figures
    /// cannot be.
    /// </summary>
    public ExchangeRaw? Quote()
    {
        if (Bid is not { } bid || Ask is not { } ask) return null;
        var quote = new ExchangeRaw
        {
            Exchange = venue, Symbol = name.Symbol, BidPrice = bid * name.Scale, AskPrice = ask * name.Scale,
            LastPrice = Last > 0 ? Last * name.Scale : null, FundingRate = PerEightHours(),
        };
        var fault = quote.Fault();
        if (fault is not null && !_isOdd)
            log.LogWarning("{Venue}: a quote of {Name} is not taken: {Fault}", venue, name.Name, fault);
        _isOdd = fault is not null;
        return fault is null ? quote : null;
    }

    /// <summary>
    /// Reads a number that a venue writes as text; null when it is empty, which is how they say that there is none.
    /// Throws <see cref="FormatException"/> for anything else.
    /// </summary>
    public static decimal? Number(JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (text.Length == 0 || value.ValueKind == JsonValueKind.Null) return null;
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"'{text}' stands where a number should");
    }

    // A rate without its interval says nothing: eight hours are usual, and eight times wrong where it is one.
    private double? PerEightHours() =>
        FundingRate is { } rate && FundingHours is { } hours and > 0 ? (double)rate * Hours / hours : null;
}
