namespace Quantum.Venue.Accounts;

/// <summary>Balances and positions as REST shows them.</summary>
internal static class AccountJson
{
    /// <summary>The one balance, as <c>/balance</c> shows it.</summary>
    public static void WriteBalances(Utf8JsonWriter json, AccountView view, long atMs)
    {
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("accountAlias"u8, "sim"u8);
        json.WriteString("asset"u8, Words.Asset);
        json.Money("balance"u8, view.WalletUsd);
        EndAsset(json, view, atMs);
        json.WriteEndArray();
    }

    /// <summary>The account, as <c>/account</c> shows it.</summary>
    /// <param name="json">Where it goes.</param>
    /// <param name="view">What is told.</param>
    /// <param name="isOld">Whether in the form of version 2.</param>
    /// <param name="atMs">UTC epoch ms.</param>
    public static void WriteAccount(Utf8JsonWriter json, AccountView view, bool isOld, long atMs)
    {
        json.WriteStartObject();
        if (isOld)
        {
            json.WriteNumber("feeTier"u8, 0);
            json.WriteBoolean("canTrade"u8, true);
            json.WriteBoolean("canDeposit"u8, true);
            json.WriteBoolean("canWithdraw"u8, true);
            json.WriteBoolean("multiAssetsMargin"u8, false);
            json.WriteNumber("tradeGroupId"u8, -1);
            json.WriteNumber("updateTime"u8, 0);
        }

        json.Money("totalInitialMargin"u8, view.PositionMarginUsd + view.OrderMarginUsd);
        json.Money("totalMaintMargin"u8, view.MaintenanceUsd);
        json.Money("totalWalletBalance"u8, view.WalletUsd);
        json.Money("totalUnrealizedProfit"u8, view.UnrealizedUsd);
        json.Money("totalMarginBalance"u8, view.EquityUsd);
        json.Money("totalPositionInitialMargin"u8, view.PositionMarginUsd);
        json.Money("totalOpenOrderInitialMargin"u8, view.OrderMarginUsd);
        json.Money("totalCrossWalletBalance"u8, view.CrossWalletUsd);
        json.Money("totalCrossUnPnl"u8, view.CrossUnrealizedUsd);
        json.Money("availableBalance"u8, view.AvailableUsd);
        json.Money("maxWithdrawAmount"u8, view.AvailableUsd);
        json.WriteStartArray("assets"u8);
        WriteAsset(json, view, atMs);
        json.WriteEndArray();
        json.WriteStartArray("positions"u8);
        foreach (var position in view.Positions)
            if (isOld || position.Quantity != 0 || position.OrderMarginUsd != 0) WriteHeld(json, position, isOld);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>A position, as <c>/positionRisk</c> shows it in version 3.</summary>
    public static void WriteRisk(Utf8JsonWriter json, PositionView position)
    {
        json.WriteStartObject();
        WriteRiskHead(json, position, "unRealizedProfit"u8);
        json.Money("isolatedMargin"u8, IsolatedMargin(position));
        json.Money("notional"u8, position.NotionalUsd);
        json.WriteString("marginAsset"u8, Words.Asset);
        json.Money("isolatedWallet"u8, position.IsolatedUsd);
        json.Money("initialMargin"u8, position.MarginUsd + position.OrderMarginUsd);
        json.Money("maintMargin"u8, position.MaintenanceUsd);
        json.Money("positionInitialMargin"u8, position.MarginUsd);
        json.Money("openOrderInitialMargin"u8, position.OrderMarginUsd);
        json.WriteNumber("adl"u8, position.Quantity == 0 ? 0 : 1);
        json.WriteString("bidNotional"u8, "0"u8);
        json.WriteString("askNotional"u8, "0"u8);
        json.WriteNumber("updateTime"u8, position.UpdatedMs);
        json.WriteEndObject();
    }

    /// <summary>A position, as <c>/positionRisk</c> shows it in version 2.</summary>
    public static void WriteOldRisk(Utf8JsonWriter json, PositionView position, decimal maxNotionalUsd)
    {
        json.WriteStartObject();
        WriteRiskHead(json, position, "unRealizedProfit"u8);
        json.WriteString("leverage"u8, position.Leverage.ToString(CultureInfo.InvariantCulture));
        json.Plain("maxNotionalValue"u8, maxNotionalUsd);
        json.WriteString("marginType"u8, position.IsIsolated ? "isolated"u8 : "cross"u8);
        json.Money("isolatedMargin"u8, IsolatedMargin(position));
        json.WriteString("isAutoAddMargin"u8, "false"u8);
        json.Money("notional"u8, position.NotionalUsd);
        json.Money("isolatedWallet"u8, position.IsolatedUsd);
        json.WriteNumber("updateTime"u8, position.UpdatedMs);
        json.WriteEndObject();
    }

    private static void WriteRiskHead(Utf8JsonWriter json, PositionView position, ReadOnlySpan<byte> profitName)
    {
        json.WriteString("symbol"u8, position.Symbol.Name);
        json.WriteString("positionSide"u8, Words.Both);
        json.Plain("positionAmt"u8, position.Quantity);
        json.Plain("entryPrice"u8, position.EntryPrice);
        json.Plain("breakEvenPrice"u8, position.BreakEvenPrice);
        json.Money("markPrice"u8, position.MarkPrice);
        json.Money(profitName, position.UnrealizedUsd);
        json.Money("liquidationPrice"u8, position.LiquidationPrice);
    }

    private static decimal IsolatedMargin(PositionView position) =>
        position.IsIsolated ? position.IsolatedUsd + position.UnrealizedUsd : 0;

    private static void WriteAsset(Utf8JsonWriter json, AccountView view, long atMs)
    {
        json.WriteStartObject();
        json.WriteString("asset"u8, Words.Asset);
        json.Money("walletBalance"u8, view.WalletUsd);
        json.Money("unrealizedProfit"u8, view.UnrealizedUsd);
        json.Money("marginBalance"u8, view.EquityUsd);
        json.Money("maintMargin"u8, view.MaintenanceUsd);
        json.Money("initialMargin"u8, view.PositionMarginUsd + view.OrderMarginUsd);
        json.Money("positionInitialMargin"u8, view.PositionMarginUsd);
        json.Money("openOrderInitialMargin"u8, view.OrderMarginUsd);
        EndAsset(json, view, atMs);
    }

    // Both lists end an asset alike.
    private static void EndAsset(Utf8JsonWriter json, AccountView view, long atMs)
    {
        json.Money("crossWalletBalance"u8, view.CrossWalletUsd);
        json.Money("crossUnPnl"u8, view.CrossUnrealizedUsd);
        json.Money("availableBalance"u8, view.AvailableUsd);
        json.Money("maxWithdrawAmount"u8, view.AvailableUsd);
        json.WriteBoolean("marginAvailable"u8, true);
        json.WriteNumber("updateTime"u8, atMs);
        json.WriteEndObject();
    }

    private static void WriteHeld(Utf8JsonWriter json, PositionView position, bool isOld)
    {
        json.WriteStartObject();
        json.WriteString("symbol"u8, position.Symbol.Name);
        json.WriteString("positionSide"u8, Words.Both);
        json.Plain("positionAmt"u8, position.Quantity);
        json.Money("unrealizedProfit"u8, position.UnrealizedUsd);
        json.Money("isolatedMargin"u8, IsolatedMargin(position));
        json.Money("notional"u8, position.NotionalUsd);
        json.Money("isolatedWallet"u8, position.IsolatedUsd);
        json.Money("initialMargin"u8, position.MarginUsd + position.OrderMarginUsd);
        json.Money("maintMargin"u8, position.MaintenanceUsd);
        if (isOld)
        {
            json.WriteString("leverage"u8, position.Leverage.ToString(CultureInfo.InvariantCulture));
            json.WriteBoolean("isolated"u8, position.IsIsolated);
            json.Plain("entryPrice"u8, position.EntryPrice);
            json.Plain("breakEvenPrice"u8, position.BreakEvenPrice);
            json.Money("positionInitialMargin"u8, position.MarginUsd);
            json.Money("openOrderInitialMargin"u8, position.OrderMarginUsd);
            json.WriteString("bidNotional"u8, "0"u8);
            json.WriteString("askNotional"u8, "0"u8);
        }

        json.WriteNumber("updateTime"u8, position.UpdatedMs);
        json.WriteEndObject();
    }
}
