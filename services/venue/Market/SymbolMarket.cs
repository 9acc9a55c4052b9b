using Quantum.Instruments;

namespace Quantum.Venue.Market;

/// <summary>What the venue knows of one symbol's market.</summary>
internal sealed class SymbolMarket
{
    public SymbolMarket(Instrument instrument)
    {
        Instrument = instrument;
        Name = instrument.Symbol.Name;
        Streams = new StreamNames(Name);
        Book = new BookLadder(instrument.Filters);
        PriceDecimals = JsonFields.DecimalsOf(instrument.Filters.TickSize);
        QuantityDecimals = JsonFields.DecimalsOf(instrument.Filters.FinestStep);
    }

    public Instrument Instrument { get; }

    public string Name { get; }

    public StreamNames Streams { get; }

    public BookLadder Book { get; }

    public CandleSeries Candles { get; } = new();

    /// <summary>Of the mark price, which stands for the index too.</summary>
    public CandleSeries MarkCandles { get; } = new();

    public TradeTape Tape { get; } = new();

    public FundingTimes Funding { get; } = new();

    /// <summary>Digits behind the point of its prices.</summary>
    public int PriceDecimals { get; }

    /// <summary>Digits behind the point of its quantities.</summary>
    public int QuantityDecimals { get; }

    /// <summary>Last price, quote currency; 0 before the first.</summary>
    public decimal LastPrice { get; set; }

    /// <summary>Base quantity of the last trade.</summary>
    public decimal LastQuantity { get; set; }

    /// <summary>When the last price was so, UTC epoch ms.</summary>
    public long LastMs { get; set; }

    /// <summary>Null: the feed knows none, and the last price stands for it.</summary>
    public decimal? ToldMark { get; set; }

    public decimal Mark => ToldMark ?? LastPrice;

    /// <summary>Whether it has a price and a book to be shown.</summary>
    public bool IsKnown => LastPrice > 0 && Book.IsKnown && Candles.IsKnown;
}
