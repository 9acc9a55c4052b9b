namespace Quantum.Venue.Market;

/// <summary>One candle, closed or running.</summary>
internal record struct Candle
{
    /// <summary>Start, UTC epoch ms.</summary>
    public long OpenMs { get; init; }

    public decimal Open { get; set; }
    public decimal High { get; set; }
    public decimal Low { get; set; }
    public decimal Close { get; set; }

    /// <summary>Traded base quantity.</summary>
    public decimal Volume { get; set; }

    /// <summary>Traded value, quote currency.</summary>
    public decimal QuoteVolume { get; set; }

    /// <summary>Of <see cref="Volume"/> what takers bought.</summary>
    public decimal TakerVolume { get; set; }

    /// <summary>Of <see cref="QuoteVolume"/> what takers bought.</summary>
    public decimal TakerQuoteVolume { get; set; }

    /// <summary>Number of trades.</summary>
    public long Trades { get; set; }

    /// <summary>First trade of it that has a number here; -1 when none has.</summary>
    public long FirstId { get; set; }

    /// <summary>Last trade of it that has a number here; -1 when none has.</summary>
    public long LastId { get; set; }

    /// <summary>A candle in which nothing was traded yet.</summary>
    public static Candle At(long openMs, decimal price) => new()
    {
        OpenMs = openMs, Open = price, High = price, Low = price, Close = price, FirstId = -1, LastId = -1,
    };

    /// <summary>Takes a trade; the first one makes the open.</summary>
    public void Add(in Trade trade)
    {
        if (Trades == 0) (Open, High, Low) = (trade.Price, trade.Price, trade.Price);
        Touch(trade.Price);
        var value = trade.Price * trade.Quantity;
        Volume += trade.Quantity;
        QuoteVolume += value;
        if (!trade.IsBuyerMaker)
            (TakerVolume, TakerQuoteVolume) = (TakerVolume + trade.Quantity, TakerQuoteVolume + value);
        Trades++;
        if (FirstId < 0) FirstId = trade.Id;
        LastId = trade.Id;
    }

    /// <summary>Takes a price that no trade made.</summary>
    public void Touch(decimal price)
    {
        High = Math.Max(High, price);
        Low = Math.Min(Low, price);
        Close = price;
    }

    /// <summary>Takes in the candle that follows this one.</summary>
    public void Join(in Candle later)
    {
        High = Math.Max(High, later.High);
        Low = Math.Min(Low, later.Low);
        Close = later.Close;
        Volume += later.Volume;
        QuoteVolume += later.QuoteVolume;
        TakerVolume += later.TakerVolume;
        TakerQuoteVolume += later.TakerQuoteVolume;
        Trades += later.Trades;
        if (FirstId < 0) FirstId = later.FirstId;
        if (later.LastId >= 0) LastId = later.LastId;
    }
}
