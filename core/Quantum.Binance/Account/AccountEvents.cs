using System.Globalization;
using Binance.Net.Enums;
using Binance.Net.Objects.Models.Futures.Socket;
using Microsoft.Extensions.Logging;
using Quantum.Binance.Orders;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Exchanges;
using OrderStatus = Quantum.Contracts.Units.OrderStatus;
using VenuePositionSide = Binance.Net.Enums.PositionSide;

namespace Quantum.Binance.Account;

/// <summary>What the account's stream says of balance, positions, funding and settings.</summary>
internal sealed class AccountEvents(SymbolSetup setup, ILogger log)
{
    /// <returns>The moment of funding, UTC epoch ms, whose symbols must be asked for; null else.</returns>
    public static long? OnAccount(BinanceFuturesStreamAccountUpdate frame, IVenueListener listener)
    {
        var account = frame.UpdateData;
        if (!Enum.IsDefined(account.Reason))
            OrderEvents.Unreadable(listener, "account_update_reason", TextOf(frame));
        foreach (var row in account.Positions) OnPosition(row, listener);
        if (account.Reason != AccountUpdateReason.FundingFee) return null;
        var atMs = frame.TransactionTime.Ms();
        if (account.Positions.Select(row => row.Symbol).Distinct().Count() != 1) return atMs;
        TellFunding(frame, atMs, listener);
        return null;
    }

    public void OnSettings(BinanceFuturesStreamConfigUpdate frame, IVenueListener listener)
    {
        if (frame.LeverageUpdateData is { } leverage && Symbol.TryParse(leverage.Symbol, out var symbol))
        {
            log.LogInformation("{Symbol}: the exchange has leverage {Leverage} in force", symbol, leverage.Leverage);
            if (setup.Changed(symbol, leverage.Leverage) is { } before)
            {
                listener.OnNotice(new VenueNotice(
                    FindingCodes.VenueSettings, symbol.Name, Severity.Warning,
                    $"The leverage of {symbol} was changed at the exchange from {before} to {leverage.Leverage}, and "
                    + "not by this system: before its next entry it is set again, an open position keeps it.",
                    "change nothing by hand on an account that this system trades"));
            }
        }
        else if (frame.ConfigUpdateData is { } config)
        {
            setup.Forget();
            listener.OnNotice(new VenueNotice(
                FindingCodes.VenueSettings, "", Severity.Warning,
                $"The account's multi-assets mode was switched {(config.MultiAssetMode ? "on" : "off")} at the "
                + "exchange: with it on no symbol can have a margin of its own, and its entries are refused.",
                "switch it back at the exchange (Preferences, Asset Mode)"));
        }
        else
        {
            OrderEvents.Unreadable(listener, "account_config_update", frame.ToString());
        }
    }

    /// <summary>The exchange warns of a liquidation: nobody else tells it.</summary>
    public static void OnMarginCall(BinanceFuturesStreamMarginUpdate frame, IVenueListener listener)
    {
        var isTold = false;
        foreach (var row in frame.Positions)
        {
            isTold = true;
            listener.OnNotice(new VenueNotice(
                FindingCodes.MarginCall, row.Symbol, Severity.Critical,
                string.Create(CultureInfo.InvariantCulture,
                    $"The exchange calls for margin: {row.Symbol} {row.PositionQuantity} at mark {row.MarkPrice} has ")
                + string.Create(CultureInfo.InvariantCulture,
                    $"PnL {row.UnrealizedPnl} and must keep {row.MaintMargin}; liquidation is near."),
                $"./quantum close {row.Symbol} --reason … --yes, or add margin at the exchange"));
        }

        if (!isTold) OrderEvents.Unreadable(listener, "margin_call", frame.ToString());
    }

    private static void OnPosition(BinanceFuturesStreamPosition row, IVenueListener listener)
    {
        // In one-way mode, which is made sure of at the start, only one row stands for a symbol.
        if (row.PositionSide != VenuePositionSide.Both)
        {
            if (row.Quantity != 0) OrderEvents.Unreadable(listener, "hedge_position", row.ToString());
            return;
        }

        if (!Symbol.TryParse(row.Symbol, out var symbol))
        {
            OrderEvents.Unreadable(listener, "position_symbol", row.ToString());
            return;
        }

        var update = OrderEvents.Bare(symbol, null, OrderStatus.Filled) with
        {
            Kind = UpdateKind.Position,
            PositionQuantity = row.Quantity,
            PositionEntryPrice = row is { Quantity: not 0, EntryPrice: > 0 } ? row.EntryPrice : null,
        };
        listener.OnUpdate(in update);
    }

    private static void TellFunding(BinanceFuturesStreamAccountUpdate frame, long atMs, IVenueListener listener)
    {
        decimal? sum = 0;
        foreach (var row in frame.UpdateData.Balances) sum += Fees.Usd(row.Asset, row.BalanceChange);
        if (sum is not { } usd || !Symbol.TryParse(frame.UpdateData.Positions[0].Symbol, out var symbol))
        {
            OrderEvents.Unreadable(listener, "funding", TextOf(frame));
            return;
        }

        var update = FundingReader.Told(symbol, atMs, usd);
        listener.OnUpdate(in update);
    }

    private static string TextOf(BinanceFuturesStreamAccountUpdate frame) => string.Join(
        " ",
        [
            $"{frame.UpdateData.Reason} at {frame.TransactionTime:O}",
            .. frame.UpdateData.Balances.Select(row => row.ToString()),
            .. frame.UpdateData.Positions.Select(row => row.ToString()),
        ]);
}
