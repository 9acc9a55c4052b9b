namespace Quantum.Roles.Market;

/// <summary>
/// Brings the venues' quotes to one figure per symbol: mean mid, scale-free divergence (highest - lowest mid) / mean
/// mid, number of fresh venues, funding spread. With one fresh venue divergence and spread are unknown, never 0.
/// </summary>
public sealed class ExchangeNormalizerRole : Role
{
    private readonly long _freshnessMs;
    private readonly StateMap<SymbolQuotes> _symbols;

    /// <param name="freshnessMs">A venue whose quote is older than this, ms, does not count.</param>
    public ExchangeNormalizerRole(long freshnessMs = 10_000)
    {
        if (freshnessMs < 1)
            throw new ArgumentException($"a quote would be fresh for {freshnessMs} ms: give 1 or more.",
                nameof(freshnessMs));
        _freshnessMs = freshnessMs;
        _symbols = State.Map("symbols", static _ => new SymbolQuotes());
        On(StreamCatalog.ExchangeRaw, OnQuote);
    }

    public override string Name => RoleNames.ExchangeNormalizer;

    private void OnQuote(in ExchangeRaw raw, in Input input, Outbox outbox)
    {
        var quotes = _symbols.Touch(raw.Symbol.Name).ByVenue;
        if (quotes.TryGetValue(raw.Exchange, out var last) && last.AtMs > input.AtMs)
        {
            outbox.Count("quote_ignored", "older_than_last", raw.Symbol.Name);
            return;
        }

        if (last is null) quotes[raw.Exchange] = last = new VenueQuote { Exchange = raw.Exchange };
        last.MidPrice = (raw.BidPrice + raw.AskPrice) / 2;
        (last.FundingRate, last.AtMs) = (raw.FundingRate, input.AtMs);
        outbox.Publish(StreamCatalog.ExchangeNormalized, Combine(in raw, quotes, input.AtMs - _freshnessMs));
    }

    private static ExchangeNormalized Combine(
        in ExchangeRaw raw, SortedList<string, VenueQuote> quotes, long oldestMs)
    {
        var (count, sum, lowest, highest) = (0, 0m, decimal.MaxValue, decimal.MinValue);
        var (rates, rateSum, lowestRate, highestRate) = (0, 0.0, double.MaxValue, double.MinValue);
        for (var i = 0; i < quotes.Count; i++)
        {
            var quote = quotes.GetValueAtIndex(i);
            if (quote.AtMs < oldestMs) continue;
            count++;
            sum += quote.MidPrice;
            (lowest, highest) = (Math.Min(lowest, quote.MidPrice), Math.Max(highest, quote.MidPrice));
            if (quote.FundingRate is not { } rate) continue;
            rates++;
            rateSum += rate;
            (lowestRate, highestRate) = (Math.Min(lowestRate, rate), Math.Max(highestRate, rate));
        }

        var mid = sum / count;
        return new ExchangeNormalized
        {
            Symbol = raw.Symbol,
            MidPrice = mid,
            VenueCount = count,
            ExchangeDivergence = count < 2 ? null : (double)((highest - lowest) / mid),
            FundingSpreadFraction = rates < 2 ? null : highestRate - lowestRate,
            FundingRate = rates == 0 ? null : rateSum / rates,
        };
    }
}
