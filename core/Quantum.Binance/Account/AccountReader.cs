using Binance.Net.Clients;
using Binance.Net.Enums;
using Binance.Net.Objects.Models.Futures;
using Quantum.Binance.Calls;
using Quantum.Binance.Orders;
using Quantum.Contracts.Units;
using Quantum.Exchanges;
using VenuePositionSide = Binance.Net.Enums.PositionSide;

namespace Quantum.Binance.Account;

/// <summary>Reads what the exchange has of the account: all of it, or it throws.</summary>
internal sealed class AccountReader(BinanceRestClient rest, BinanceCalls calls, OrderNames names)
{
    private static readonly string[] s_dollars = ["USDT", "USDC"];

    /// <summary>The refusal of an account that holds long and short beside each other.</summary>
    public static VenueException HedgeMode() => new(
        "the account is in hedge mode, which holds long and short beside each other: switch it to one-way mode at the "
        + "exchange (Preferences, Position Mode) after closing its positions and orders.");

    public async ValueTask<VenueAccountState> ReadAsync(CancellationToken cancel)
    {
        var endMs = calls.ReadingEndMs;
        var (atMs, offsetMs) = await ClockAsync(rest, calls, endMs, cancel).ConfigureAwait(false);
        var account = await ConfigAsync(endMs, cancel).ConfigureAwait(false);
        if (account.DualSidePosition) throw HedgeMode();
        var settings = await SymbolsAsync(endMs, cancel).ConfigureAwait(false);
        var balance = await BalanceAsync(endMs, cancel).ConfigureAwait(false);
        var orders = await OrdersAsync(endMs, cancel).ConfigureAwait(false);
        var conditional = await ConditionalAsync(endMs, cancel).ConfigureAwait(false);
        // Last: what the orders above have done meanwhile is in it.
        var positions = await PositionsAsync(endMs, cancel).ConfigureAwait(false);
        var held = positions.Where(row => row.PositionAmt != 0).ToArray();
        // With one asset as margin the totals count that one alone.
        var dollars = balance.Assets.Where(asset => s_dollars.Contains(asset.Asset, StringComparer.Ordinal)).ToArray();
        return new VenueAccountState(
            atMs,
            account.MultiAssetsMargin ? balance.TotalWalletBalance : dollars.Sum(asset => asset.WalletBalance),
            account.MultiAssetsMargin ? balance.AvailableBalance : dollars.Sum(asset => asset.AvailableBalance),
            [.. held.Where(row => Symbol.TryParse(row.Symbol, out _)).Select(row => Position(row, settings))],
            [.. orders.Select(Order).OfType<VenueOrderState>(), .. conditional.Select(Order).OfType<VenueOrderState>()])
        {
            ClockOffsetMs = offsetMs,
            Unread =
            [
                .. held.Where(row => !Symbol.TryParse(row.Symbol, out _))
                    .Select(row => new VenueUnread($"position {row.Symbol}", row.ToString())),
                .. orders.Where(row => Order(row) is null)
                    .Select(row => new VenueUnread($"order {row.Id}", row.ToString())),
                .. conditional.Where(row => Order(row) is null)
                    .Select(row => new VenueUnread($"conditional order {row.Id}", row.ToString())),
            ],
        };
    }

    private static VenuePosition Position(
        BinancePositionV3 row, Dictionary<string, BinanceSymbolConfiguration> settings)
    {
        if (row.PositionSide != VenuePositionSide.Both) throw HedgeMode();
        var known = settings.GetValueOrDefault(row.Symbol);
        return new VenuePosition(
            Symbol.Parse(row.Symbol), row.PositionAmt, row.EntryPrice,
            row.LiquidationPrice > 0 ? row.LiquidationPrice : null,
            known is { Leverage: >= 1 } ? (int)known.Leverage : null,
            known?.MarginType is { } margin ? margin == FuturesMarginType.Isolated : row.IsolatedWallet != 0);
    }

    // Null: it uses a word that is not known here, so it is none of ours, and is shown instead.
    private VenueOrderState? Order(BinanceUsdFuturesOrder row)
    {
        names.Order(row.Id, row.ClientOrderId);
        return Symbol.TryParse(row.Symbol, out var symbol) && VenueWords.Of(row.Type) is { } type
            && VenueWords.Of(row.Side) is { } side
                ? new VenueOrderState(
                    symbol, row.ClientOrderId, OrderAnswers.Id(row.Id), type, side,
                    row.ClosePosition ? 0 : row.Quantity, row.QuantityFilled,
                    row.StopPrice is > 0 ? row.StopPrice : null, row.ReduceOnly || row.ClosePosition)
                : null;
    }

    private VenueOrderState? Order(BinanceFuturesConditionalOrder row)
    {
        names.Conditional(row.Id, row.ClientOrderId);
        names.Triggered(row.ActualOrderId, row.ClientOrderId);
        return Symbol.TryParse(row.Symbol, out var symbol) && VenueWords.Of(row.Type) is { } type
            && VenueWords.Of(row.Side) is { } side
                ? new VenueOrderState(
                    symbol, row.ClientOrderId, OrderAnswers.Id(row.Id), type, side,
                    row.ClosePosition ? 0 : row.Quantity, row.ActualQuantity ?? 0,
                    row.TriggerPrice is > 0 ? row.TriggerPrice : null, row.ReduceOnly || row.ClosePosition)
                : null;
    }

    /// <summary>The exchange's time, UTC epoch ms.</summary>
    internal static async ValueTask<long> TimeAsync(
        BinanceRestClient rest, BinanceCalls calls, long endMs, CancellationToken cancel) =>
        (await ClockAsync(rest, calls, endMs, cancel).ConfigureAwait(false)).ServerMs;

    /// <summary>The exchange's time, UTC epoch ms; by how much it is at least ahead of this machine's, ms.</summary>
    private static async ValueTask<(long ServerMs, long OffsetMs)> ClockAsync(
        BinanceRestClient rest, BinanceCalls calls, long endMs, CancellationToken cancel)
    {
        long sentMs = 0;
        var reply = await calls.ReadAsync("time", Costs.One, endMs, async () =>
        {
            sentMs = calls.NowMs;
            var result = await rest.UsdFuturesApi.ExchangeData.GetServerTimeAsync(ct: cancel).ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel).ConfigureAwait(false);
        AccountChecks.Refuse("the exchange's time", reply.Outcome);
        var serverMs = reply.Data.Ms();
        return (serverMs, AccountChecks.OffsetMs(sentMs, calls.NowMs, serverMs));
    }

    private async ValueTask<BinanceFuturesAccountConfiguration> ConfigAsync(long endMs, CancellationToken cancel)
    {
        var reply = await calls.ReadAsync("account_config", Costs.Account, endMs, async () =>
        {
            var result = await rest.UsdFuturesApi.Account.GetAccountConfigurationAsync(ct: cancel)
                .ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel).ConfigureAwait(false);
        AccountChecks.Refuse("the account's settings", reply.Outcome);
        return reply.Data!;
    }

    private async ValueTask<Dictionary<string, BinanceSymbolConfiguration>> SymbolsAsync(
        long endMs, CancellationToken cancel)
    {
        var reply = await calls.ReadAsync("symbol_config", Costs.Account, endMs, async () =>
        {
            var result = await rest.UsdFuturesApi.Account.GetSymbolConfigurationAsync(ct: cancel)
                .ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel).ConfigureAwait(false);
        AccountChecks.Refuse("the symbols' settings", reply.Outcome);
        return reply.Data!.DistinctBy(row => row.Symbol).ToDictionary(row => row.Symbol, StringComparer.Ordinal);
    }

    private async ValueTask<BinanceFuturesAccountInfoV3> BalanceAsync(long endMs, CancellationToken cancel)
    {
        var reply = await calls.ReadAsync("account", Costs.Account, endMs, async () =>
        {
            var result = await rest.UsdFuturesApi.Account.GetAccountInfoV3Async(ct: cancel).ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel).ConfigureAwait(false);
        AccountChecks.Refuse("the balance", reply.Outcome);
        return reply.Data!;
    }

    private async ValueTask<BinanceUsdFuturesOrder[]> OrdersAsync(long endMs, CancellationToken cancel)
    {
        var reply = await calls.ReadAsync("open_orders", Costs.OpenOrders, endMs, async () =>
        {
            var result = await rest.UsdFuturesApi.Trading.GetOpenOrdersAsync(ct: cancel).ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel).ConfigureAwait(false);
        AccountChecks.Refuse("the open orders", reply.Outcome);
        return reply.Data!;
    }

    private async ValueTask<BinanceFuturesConditionalOrder[]> ConditionalAsync(long endMs, CancellationToken cancel)
    {
        var reply = await calls.ReadAsync("open_conditional_orders", Costs.OpenOrders, endMs, async () =>
        {
            var result = await rest.UsdFuturesApi.Trading.GetOpenConditionalOrdersAsync(ct: cancel)
                .ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel).ConfigureAwait(false);
        AccountChecks.Refuse("the open conditional orders", reply.Outcome);
        return reply.Data!;
    }

    private async ValueTask<BinancePositionV3[]> PositionsAsync(long endMs, CancellationToken cancel)
    {
        var reply = await calls.ReadAsync("positions", Costs.Account, endMs, async () =>
        {
            var result = await rest.UsdFuturesApi.Trading.GetPositionsAsync(ct: cancel).ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel).ConfigureAwait(false);
        AccountChecks.Refuse("the positions", reply.Outcome);
        return reply.Data!;
    }
}
