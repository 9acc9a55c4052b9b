using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;

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

        quotes[raw.Exchange] = new VenueQuote
        {
            Exchange = raw.Exchange, MidPrice = (raw.BidPrice + raw.AskPrice) / 2, FundingRate = raw.FundingRate,
            AtMs = input.AtMs,
        };
        var oldest = input.AtMs - _freshnessMs;
        var fresh = quotes.Values.Where(q => q.AtMs >= oldest).ToArray();
        outbox.Publish(StreamCatalog.ExchangeNormalized, Combine(in raw, fresh));
    }

    private static ExchangeNormalized Combine(in ExchangeRaw raw, VenueQuote[] fresh)
    {
        var mid = fresh.Average(q => q.MidPrice);
        var rates = fresh.Where(q => q.FundingRate is not null).Select(q => q.FundingRate!.Value).ToArray();
        return new ExchangeNormalized
        {
            Symbol = raw.Symbol,
            MidPrice = mid,
            VenueCount = fresh.Length,
            ExchangeDivergence = fresh.Length < 2
                ? null
                : (double)((fresh.Max(q => q.MidPrice) - fresh.Min(q => q.MidPrice)) / mid),
            FundingSpreadFraction = rates.Length < 2 ? null : rates.Max() - rates.Min(),
            FundingRate = rates.Length == 0 ? null : rates.Average(),
        };
    }
}
