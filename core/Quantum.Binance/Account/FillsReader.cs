using Binance.Net.Clients;
using Binance.Net.Objects.Models.Futures;
using Quantum.Binance.Calls;
using Quantum.Binance.Orders;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using OrderStatus = Quantum.Contracts.Units.OrderStatus;

namespace Quantum.Binance.Account;

/// <summary>
/// Reads fills from the exchange's history, page by page. They name only the exchange's number of their order: whose it
/// is is remembered, or asked.
/// </summary>
internal sealed class FillsReader(BinanceRestClient rest, BinanceCalls calls, OrderNames names, Fees fees)
{
    private const int PageSize = 1_000;

    /// <summary>The longest span that the exchange answers at once.</summary>
    private const long WindowMs = 7 * 86_400_000L;

    public async ValueTask<IReadOnlyList<OrderUpdate>> ReadAsync(
        Symbol symbol, long sinceMs, CancellationToken cancel)
    {
        var endMs = calls.ReadingEndMs;
        var trades = await TradesAsync(symbol, sinceMs, endMs, cancel).ConfigureAwait(false);
        var filled = new Dictionary<long, decimal>();
        var updates = new List<OrderUpdate>(trades.Count);
        foreach (var trade in trades)
        {
            var clientId = await NameAsync(symbol, trade.OrderId, endMs, cancel).ConfigureAwait(false);
            filled[trade.OrderId] = filled.GetValueOrDefault(trade.OrderId) + trade.Quantity;
            updates.Add(Fill(symbol, trade, clientId, filled[trade.OrderId]));
        }

        return updates;
    }

    // What has been filled before the first page is not known: the sum is a lower bound, as a total must be.
    private OrderUpdate Fill(Symbol symbol, BinanceFuturesUsdtTrade trade, string clientId, decimal filled)
    {
        var forced = VenueWords.ForcedCode(clientId, default);
        return new OrderUpdate
        {
            Kind = forced is null ? UpdateKind.Fill : UpdateKind.Liquidation,
            Symbol = symbol,
            ClientOrderId = forced is null ? clientId : null,
            VenueOrderId = OrderAnswers.Id(trade.OrderId),
            Status = OrderStatus.PartiallyFilled,
            Side = VenueWords.Of(trade.Side),
            VenueTradeId = OrderAnswers.Id(trade.Id),
            LastFillQuantity = trade.Quantity,
            LastFillPrice = trade.Price,
            CumulativeQuantity = filled,
            FeeUsd = fees.OfFill(symbol, trade.Id, trade.FeeAsset, trade.Fee, trade.Price * trade.Quantity),
            IsMaker = trade.Maker,
            ReasonCode = forced,
        };
    }

    private async ValueTask<List<BinanceFuturesUsdtTrade>> TradesAsync(
        Symbol symbol, long sinceMs, long endMs, CancellationToken cancel)
    {
        var trades = new List<BinanceFuturesUsdtTrade>();
        var nowMs = await AccountReader.TimeAsync(rest, calls, endMs, cancel).ConfigureAwait(false);
        // The first one by time, in spans that the exchange takes; from there on by number.
        for (var fromMs = sinceMs; trades.Count == 0 && fromMs <= nowMs; fromMs += WindowMs)
        {
            trades.AddRange(await PageAsync(symbol, fromMs, null, endMs, cancel).ConfigureAwait(false));
        }

        for (var read = trades.Count; read > 0;)
        {
            var page = await PageAsync(symbol, null, trades[^1].Id + 1, endMs, cancel).ConfigureAwait(false);
            read = page.Length;
            trades.AddRange(page);
        }

        return [.. trades.Where(trade => trade.Timestamp.Ms() >= sinceMs).DistinctBy(trade => trade.Id)
            .OrderBy(trade => trade.Id)];
    }

    private async ValueTask<BinanceFuturesUsdtTrade[]> PageAsync(
        Symbol symbol, long? fromMs, long? fromId, long endMs, CancellationToken cancel)
    {
        var reply = await calls.ReadAsync("fills", Costs.Account, endMs, async () =>
        {
            var result = await rest.UsdFuturesApi.Trading.GetUserTradesAsync(
                symbol.Name, startTime: fromMs?.Utc(), endTime: (fromMs + WindowMs - 1)?.Utc(), limit: PageSize,
                fromId: fromId, ct: cancel).ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel).ConfigureAwait(false);
        AccountChecks.Refuse($"the fills of {symbol}", reply.Outcome, isOfSymbol: true);
        return [.. reply.Data!.OrderBy(trade => trade.Id)];
    }

    private async ValueTask<string> NameAsync(
        Symbol symbol, long orderId, long endMs, CancellationToken cancel)
    {
        if (names.OfOrder(orderId) is { } known) return known;
        var reply = await calls.ReadAsync("query", Costs.One, endMs, async () =>
        {
            var result = await rest.UsdFuturesApi.Trading.GetOrderAsync(
                symbol.Name, orderId: orderId, ct: cancel).ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel).ConfigureAwait(false);
        AccountChecks.Refuse($"order {orderId} of a fill of {symbol}", reply.Outcome);
        names.Order(orderId, reply.Data!.ClientOrderId);
        return reply.Data.ClientOrderId;
    }
}
