using Binance.Net.Clients;
using Binance.Net.Enums;
using Microsoft.Extensions.Logging;
using Quantum.Binance.Calls;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Exchanges;
using Quantum.Exchanges.Budget;

namespace Quantum.Binance.Market;

/// <summary>Binance's best prices, last trade and funding per 8 hours, at most ten times a second.</summary>
/// <param name="settings">Where it is; no key is needed.</param>
/// <param name="budget">What its requests come out of; null: one of its own.</param>
/// <param name="time">The clock.</param>
/// <param name="logs">Told what it does not have.</param>
public sealed class BinanceQuotes(
    BinanceSettings settings, IRateBudget? budget, TimeProvider time, ILoggerFactory logs) : IQuoteVenue
{
    private const int UsualFundingHours = 8;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly ILogger _log = logs.CreateLogger<BinanceQuotes>();

    public string Name => "binance";

    public Task RunAsync(
        IReadOnlyList<Symbol> symbols, Action<long, ExchangeRaw> tell, CancellationToken cancel) =>
        Guarded.UntilCancelledAsync(() => TellAsync(symbols, tell, cancel), cancel);

    private async Task TellAsync(
        IReadOnlyList<Symbol> symbols, Action<long, ExchangeRaw> tell, CancellationToken cancel)
    {
        using var rest = BinanceClients.Rest(settings, isSigned: false);
        var calls = new BinanceCalls(settings, budget ?? new MarketBudget(time), time);
        var known = await KnownAsync(rest, calls, symbols, cancel).ConfigureAwait(false);
        if (known.Count == 0) return;
        var hours = await HoursAsync(rest, calls, cancel).ConfigureAwait(false);
        using var inbox = new MarketInbox();
        using var stream = new MarketStream(settings, time, logs, inbox.Put);
        await stream.OpenBooksAsync(known, cancel).ConfigureAwait(false);
        await stream.OpenMarksAsync(known, cancel).ConfigureAwait(false);
        await stream.OpenTradesAsync(known, cancel).ConfigureAwait(false);
        var quotes = known.ToDictionary(
            symbol => symbol, symbol => new Quote(Name, symbol, hours.GetValueOrDefault(symbol, UsualFundingHours)));
        while (true)
        {
            foreach (var news in inbox.Take(TimeSpan.Zero, cancel))
                if (quotes.TryGetValue(news.Symbol, out var quote)) quote.Take(news);
            foreach (var quote in quotes.Values)
                if (quote.Told() is { } told) tell(told.AtMs, told.Raw);
            await Task.Delay(s_pause, time, cancel).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<Symbol>> KnownAsync(
        BinanceRestClient rest, BinanceCalls calls, IReadOnlyList<Symbol> symbols, CancellationToken cancel)
    {
        var traded = await UntilReadAsync("exchange_info", Costs.One, async () =>
        {
            var result = await rest.UsdFuturesApi.ExchangeData.GetExchangeInfoAsync(ct: cancel).ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, calls, cancel).ConfigureAwait(false);
        var names = traded.Symbols.Where(row => row.Status == SymbolStatus.Trading).Select(row => row.Name)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var symbol in symbols)
            if (!names.Contains(symbol.Name)) _log.LogInformation("{Symbol} is not traded at {Venue}", symbol, Name);
        return [.. symbols.Where(symbol => names.Contains(symbol.Name)).Distinct()];
    }

    private async Task<Dictionary<Symbol, int>> HoursAsync(
        BinanceRestClient rest, BinanceCalls calls, CancellationToken cancel)
    {
        var rows = await UntilReadAsync("funding_info", Costs.One, async () =>
        {
            var result = await rest.UsdFuturesApi.ExchangeData.GetFundingInfoAsync(ct: cancel).ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, calls, cancel).ConfigureAwait(false);
        var hours = new Dictionary<Symbol, int>();
        foreach (var row in rows)
            if (row.FundingIntervalHours > 0 && Symbol.TryParse(row.Symbol, out var symbol))
                hours[symbol] = row.FundingIntervalHours;
        return hours;
    }

    private async Task<T> UntilReadAsync<T>(
        string what, RequestCost cost, Func<Task<Reply<T>>> call, BinanceCalls calls, CancellationToken cancel)
        where T : class
    {
        while (true)
        {
            var reply = await calls.AskAsync(what, cost, call, cancel).ConfigureAwait(false);
            if (reply.Data is { } data) return data;
            _log.LogWarning("{Venue} does not answer, it is asked again: {Words}", Name, reply.Outcome.Words);
            await Task.Delay(TimeSpan.FromMilliseconds(settings.ReconnectMs), time, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>What is known of one symbol.</summary>
    private sealed class Quote(string exchange, Symbol symbol, int fundingHours)
    {
        private BookNews? _book;
        private TradeNews? _trade;
        private MarkNews? _mark;
        private bool _isNew;

        public void Take(MarketNews news)
        {
            switch (news)
            {
                case BookNews book when book.Id > (_book?.Id ?? 0):
                    (_book, _isNew) = (book, true);
                    break;
                case TradeNews trade when trade.Id > (_trade?.Id ?? 0):
                    _trade = trade;
                    break;
                case MarkNews mark when mark.AtMs >= (_mark?.AtMs ?? 0):
                    _mark = mark;
                    break;
            }
        }

        public (long AtMs, ExchangeRaw Raw)? Told()
        {
            if (!_isNew || _book is not { } book) return null;
            _isNew = false;
            return (book.AtMs, new ExchangeRaw
            {
                Exchange = exchange, Symbol = symbol, BidPrice = book.Bid, AskPrice = book.Ask,
                LastPrice = _trade?.Price, FundingRate = _mark?.FundingRate * UsualFundingHours / fundingHours,
            });
        }
    }
}
