namespace Quantum.Feeds.Recorded;

/// <summary>One row of a candle file, checked against itself.</summary>
internal readonly record struct KlineRow
{
    public required RowPlace Place { get; init; }

    /// <summary>UTC epoch ms; 0 when it cannot be read.</summary>
    public long OpenTimeMs { get; init; }

    /// <summary>Length by the file's close_time column, ms; null when it has none.</summary>
    public long? LengthMs { get; init; }

    public decimal Open { get; init; }
    public decimal High { get; init; }
    public decimal Low { get; init; }
    public decimal Close { get; init; }
    public decimal Volume { get; init; }
    public decimal? QuoteVolume { get; init; }
    public long? Trades { get; init; }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public FeedException? Fault { get; init; }

    /// <summary>True when it stands where a file was cut off, so that it may not be whole.</summary>
    public bool IsTorn { get; init; }

    /// <summary>The first value in which two rows of one time differ, or null; what one lacks is none.</summary>
    public (string Name, decimal Here, decimal There)? DifferenceFrom(in KlineRow other)
    {
        if (Open != other.Open) return ("open", Open, other.Open);
        if (High != other.High) return ("high", High, other.High);
        if (Low != other.Low) return ("low", Low, other.Low);
        if (Close != other.Close) return ("close", Close, other.Close);
        if (Volume != other.Volume) return ("volume", Volume, other.Volume);
        if (QuoteVolume is { } here && other.QuoteVolume is { } there && here != there)
            return ("quote_volume", here, there);
        return Trades is { } count && other.Trades is { } counted && count != counted
            ? ("trades", count, counted) : null;
    }

    /// <summary>What is wrong with its prices as they stand together; null when nothing is.</summary>
    public FeedException? PriceFault()
    {
        if (High < Low) return Wrong("high", High, $"is below low {Low}");
        if (Open < Low || Open > High) return Wrong("open", Open, $"is outside low {Low} to high {High}");
        return Close < Low || Close > High ? Wrong("close", Close, $"is outside low {Low} to high {High}") : null;
    }

    private FeedException Wrong(string column, decimal value, FormattableString what) => Place.Fault(
        column, FormattableString.Invariant($"{value}"), FormattableString.Invariant(what),
            "correct or remove the line");
}
