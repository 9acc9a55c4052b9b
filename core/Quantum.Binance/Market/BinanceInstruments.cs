using System.Net;
using System.Text.Json;
using Binance.Net.Clients;
using Quantum.Binance.Calls;
using Quantum.Contracts.Units;
using Quantum.Exchanges;
using Quantum.Exchanges.Budget;

namespace Quantum.Binance.Market;

/// <summary>The exchange's instruments, in the forms of its own replies, which the instrument book reads.</summary>
/// <param name="ExchangeInfoJson">The reply of <c>exchangeInfo</c>, as it came.</param>
/// <param name="LeverageBracketJson">The reply of <c>leverageBracket</c>.</param>
public sealed record BinanceInstrumentTexts(string ExchangeInfoJson, string LeverageBracketJson);

/// <summary>Reads the exchange's instruments; the leverage brackets need a key.</summary>
/// <param name="settings">Where, and with which key.</param>
/// <param name="mode">What the system trades on: the key must be of the same.</param>
/// <param name="budget">The account's request budget.</param>
/// <param name="time">The clock.</param>
public sealed class BinanceInstruments(
    BinanceSettings settings, TradingMode mode, IRateBudget budget, TimeProvider time)
{
    /// <exception cref="VenueException">When a part could not be read.</exception>
    public async Task<BinanceInstrumentTexts> ReadAsync(CancellationToken cancel)
    {
        BinancePlaces.CheckOrders(settings, mode);
        using var rest = BinanceClients.Rest(settings, isSigned: true);
        var calls = new BinanceCalls(settings, budget, time);
        return new BinanceInstrumentTexts(
            await InfoAsync(calls, cancel).ConfigureAwait(false),
            await BracketsAsync(rest, calls, cancel).ConfigureAwait(false));
    }

    // The book reads the exchange's own text: what the library makes of it leaves things out.
    private async Task<string> InfoAsync(BinanceCalls calls, CancellationToken cancel)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromMilliseconds(settings.RequestTimeoutMs) };
        var address = new Uri(new Uri(BinanceClients.RestAddress(settings)), "fapi/v1/exchangeInfo");
        var reply = await calls.AskAsync("exchange_info", Costs.One, async () =>
        {
            using var answer = await http.GetAsync(address, cancel).ConfigureAwait(false);
            var text = await answer.Content.ReadAsStringAsync(cancel).ConfigureAwait(false);
            var isText = answer.StatusCode == HttpStatusCode.OK;
            return new Reply<string>(
                new CallOutcome
                {
                    Success = isText, Status = answer.StatusCode, Message = isText ? null : text,
                    RetryAfter = ReplyHeaders.RetryAfter(answer.Headers), Use = ReplyHeaders.Use(answer.Headers),
                },
                isText ? text : null);
        }, cancel).ConfigureAwait(false);
        return reply.Data ?? throw Unread("the exchange's symbols", reply.Outcome);
    }

    private static async Task<string> BracketsAsync(
        BinanceRestClient rest, BinanceCalls calls, CancellationToken cancel)
    {
        var reply = await calls.AskAsync("brackets", Costs.One, async () =>
        {
            var result = await rest.UsdFuturesApi.Account.GetBracketsAsync(ct: cancel).ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel).ConfigureAwait(false);
        var rows = reply.Data ?? throw Unread("the leverage brackets", reply.Outcome);
        return JsonSerializer.Serialize(rows.Select(row => new
        {
            symbol = row.Symbol,
            brackets = row.Brackets.Select(step => new
            {
                bracket = step.Bracket,
                initialLeverage = step.InitialLeverage,
                notionalCap = step.Cap,
                notionalFloor = step.Floor,
                maintMarginRatio = step.MaintenanceMarginRatio,
                cum = step.MaintAmount,
            }),
        }));
    }

    private static VenueException Unread(string what, CallOutcome outcome) =>
        new($"{what} could not be read: {outcome.Words}.") { Code = outcome.Code };
}
