namespace Quantum.Venue.Market;

/// <summary>
/// Reads the parameters of a public request. The first that is wrong is kept as the refusal; what is read after that
/// is of no use.
/// </summary>
internal ref struct MarketQuery(Parameters parameters, MarketBoard board)
{
    private const string Digits = "^[0-9]{1,20}$";
    private const string SymbolCharacters = "^[A-Z0-9-_.]{1,20}$";

    /// <summary>What is wrong; null while nothing is.</summary>
    public VenueError? Fault { get; private set; }

    /// <summary>The market that <c>symbol</c> names; mandatory.</summary>
    public SymbolMarket? Market(string name = "symbol")
    {
        if (parameters.Find(name) is not null) return Optional(name);
        Fault ??= VenueError.Missing(name);
        return null;
    }

    /// <summary>The market that <c>symbol</c> names; null when it is not sent.</summary>
    public SymbolMarket? Optional(string name = "symbol")
    {
        if (parameters.Find(name) is not { } text) return null;
        if (board.Find(text) is { } market) return market;
        var isLegal = text.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.');
        Fault ??= isLegal ? VenueError.BadSymbol : MarketErrors.IllegalCharacters(name, SymbolCharacters);
        return null;
    }

    /// <summary>The length of candles; mandatory.</summary>
    public KlineInterval? Interval()
    {
        if (parameters.Find("interval") is not { } name)
        {
            Fault ??= VenueError.Missing("interval");
            return null;
        }

        var interval = KlineInterval.Find(name);
        if (interval is null) Fault ??= VenueError.BadInterval;
        return interval;
    }

    /// <summary>A number from 0 on; null when it is not sent.</summary>
    public long? Number(string name)
    {
        if (parameters.Find(name) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        Fault ??= text.All(char.IsAsciiDigit)
            ? VenueError.Illegal(name)
            : MarketErrors.IllegalCharacters(name, Digits);
        return null;
    }

    /// <summary>How many rows, from 1 to the most.</summary>
    public int Limit(int usual, int most)
    {
        if (Number("limit") is not { } limit) return usual;
        if (limit < 1 || limit > most) Fault ??= VenueError.Illegal("limit");
        return (int)Math.Clamp(limit, 1, most);
    }

    /// <summary><c>startTime</c> and <c>endTime</c>, UTC epoch ms.</summary>
    public (long? StartMs, long? EndMs) Times()
    {
        var (start, end) = (Number("startTime"), Number("endTime"));
        if (start > end) Fault ??= MarketErrors.StartAfterEnd;
        return (start, end);
    }
}
