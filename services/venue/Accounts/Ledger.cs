namespace Quantum.Venue.Accounts;

/// <summary>
/// Books what the role says of an account's orders, position and money, and tells the user stream of it in the
/// exchange's order: the short form of a fill, the account, the order.
/// </summary>
internal sealed class Ledger(Account account)
{
    /// <summary>Books everything that the role said and was not booked yet.</summary>
    public void Take(long atMs)
    {
        var said = account.Role.Said;
        if (said.Count == 0) return;
        foreach (var update in said) Apply(in update, atMs);
        said.Clear();
        CompleteDeferrals(atMs);
    }

    public void CompleteDeferrals(long atMs)
    {
        if (account.Deferrals.Count > 0) account.Deferrals.RemoveAll(deferral => deferral.TryComplete(atMs));
    }

    public void Apply(in OrderUpdate update, long atMs)
    {
        switch (update.Kind)
        {
            case UpdateKind.Order:
                ApplyOrder(in update, atMs);
                break;
            case UpdateKind.Fill:
                ApplyFill(in update, atMs);
                break;
            case UpdateKind.Funding:
                ApplyFunding(in update, atMs);
                break;
            case UpdateKind.Liquidation:
                ApplyLiquidation(in update, atMs);
                break;
        }
    }

    /// <summary>An order is over without being filled.</summary>
    public void End(Order order, string status, long atMs)
    {
        if (!order.IsLive) return;
        (order.Status, order.UpdatedMs) = (status, atMs);
        account.Orders.Finish(order);
        TellOrder(order, status, null, atMs);
        if (order.Origin is { } origin) FinishOrigin(origin, atMs);
    }

    /// <summary>A conditional order is over without being triggered.</summary>
    public void End(Conditional order, string status, string? reason, long atMs)
    {
        if (order.Status is not (OrderWords.New or OrderWords.Triggering)) return;
        (order.Status, order.UpdatedMs, order.Reason) = (status, atMs, reason);
        account.Orders.Finish(order);
        account.Events.Conditional(order, atMs);
    }

    public void TellOrder(Order order, string execution, FillPart? fill, long atMs)
    {
        if (!account.Stream.IsHeard) return;
        var (bidsUsd, asksUsd) = (0m, 0m);
        foreach (var open in account.Orders.Live)
        {
            if (open.Symbol != order.Symbol || open.Price == 0) continue;
            var restUsd = (open.Quantity - open.Executed) * open.Price;
            if (open.Side == Side.Buy) bidsUsd += restUsd;
            else asksUsd += restUsd;
        }

        account.Events.Order(order, execution, fill, (bidsUsd, asksUsd), atMs);
    }

    /// <summary>Adds to the wallet and notes why.</summary>
    public void Earn(string symbol, string type, decimal amountUsd, string info, string tradeId, long atMs)
    {
        if (amountUsd == 0) return;
        account.WalletUsd += amountUsd;
        account.Orders.Add(new Income(
            symbol, type, amountUsd, info, atMs, account.Ids.NextTransaction(), tradeId));
    }

    public void TellAccount(string cause, decimal changeUsd, Symbol? symbol, long atMs)
    {
        if (!account.Stream.IsHeard) return;
        var view = account.Figures.View();
        var position = view.Positions.FirstOrDefault(position => position.Symbol == symbol);
        // Of several fills of one tick the role knows the last, and each is told as it came.
        if (position is not null && account.HoldingOf(position.Symbol) is var holding)
            position = position with
            {
                Quantity = holding.Quantity, EntryPrice = holding.EntryPrice,
                UnrealizedUsd = holding.Quantity * (position.MarkPrice - holding.EntryPrice),
            };
        account.Events.Account(
            cause, account.WalletUsd, account.WalletUsd - view.IsolatedUsd, changeUsd, position, atMs);
    }

    private void ApplyOrder(in OrderUpdate update, long atMs)
    {
        var status = update.Status switch
        {
            OrderStatus.Canceled => OrderWords.Canceled,
            OrderStatus.Expired => OrderWords.Expired,
            OrderStatus.Rejected => OrderWords.Rejected,
            _ => null,
        };
        if (status is null || update.ClientOrderId is not { } roleId) return;
        if (account.Orders.FindByRole(roleId) is { } order)
        {
            // Once it was taken the exchange knows no rejected order any more.
            End(order, status == OrderWords.Rejected ? OrderWords.Expired : status, atMs);
        }
        else if (account.Orders.FindConditionalByRole(roleId) is { } conditional)
        {
            EndConditional(conditional, status, in update, atMs);
        }
    }

    // What ends on its own was triggered and refused; what went with its position was not.
    private void EndConditional(Conditional conditional, string status, in OrderUpdate update, long atMs)
    {
        if (update.ReasonCode == "position_gone")
        {
            End(conditional, OrderWords.Expired, null, atMs);
            return;
        }

        if (status == OrderWords.Canceled)
        {
            End(conditional, status, null, atMs);
            return;
        }

        StartTrigger(conditional, atMs);
        var error = RoleReasons.ErrorOf(
            update.ReasonCode, update.Reason, account.Rules.Symbols.Find(conditional.Symbol),
            conditional.Side == Side.Buy);
        End(conditional, OrderWords.Rejected, error.Message, atMs);
    }

    /// <summary>
    /// Finds the conditional orders of a symbol that were triggered and not filled yet: the role tells fills alone.
    /// </summary>
    public void FindTriggered(Symbol symbol, long atMs)
    {
        if (account.Orders.WaitingOf(symbol) == 0) return;
        foreach (var order in account.Role.View().Orders)
            if (order.IsTriggered && order.Command.Symbol == symbol
                && account.Orders.FindConditionalByRole(order.Command.ClientOrderId) is { IsWaiting: true } triggered)
                Trigger(triggered, atMs);
    }

    private void ApplyFill(in OrderUpdate update, long atMs)
    {
        var order = account.Orders.FindByRole(update.ClientOrderId!);
        if (order is null && account.Orders.FindConditionalByRole(update.ClientOrderId!) is { } conditional)
            order = Trigger(conditional, atMs);
        if (order is null)
            throw new InvalidOperationException($"the role filled {update.ClientOrderId}, which nobody ordered.");
        Book(order, in update, atMs);
        if (order is { IsLive: false, Origin: { } origin }) FinishOrigin(origin, atMs);
    }

    /// <summary>A conditional order becomes an order of its own.</summary>
    private Order Trigger(Conditional conditional, long atMs)
    {
        StartTrigger(conditional, atMs);
        var order = new Order
        {
            Id = account.Ids.NextOrder(), ClientId = conditional.ClientId, Symbol = conditional.Symbol,
            Side = conditional.Side, Type = conditional.ActualType, OriginalType = conditional.Type,
            TimeInForce = conditional.TimeInForce, Price = conditional.Price, StopPrice = conditional.TriggerPrice,
            Quantity = conditional.ClosePosition
                ? Math.Abs(account.HoldingOf(conditional.Symbol).Quantity) : conditional.Quantity,
            ReduceOnly = conditional.ReduceOnly || conditional.ClosePosition,
            ClosePosition = conditional.ClosePosition, WorkingType = conditional.WorkingType,
            PriceProtect = conditional.PriceProtect, CreatedMs = atMs, UpdatedMs = atMs, Origin = conditional,
            RoleId = conditional.RoleId, AverageDecimals = account.AverageDecimalsOf(conditional.Symbol),
        };
        account.Orders.Finish(conditional);
        account.Orders.Add(order);
        (conditional.Actual, conditional.Status) = (order, OrderWords.Triggered);
        account.Events.Conditional(conditional, atMs);
        TellOrder(order, OrderWords.New, null, atMs);
        return order;
    }

    private void StartTrigger(Conditional conditional, long atMs)
    {
        (conditional.Status, conditional.TriggeredMs, conditional.UpdatedMs) = (OrderWords.Triggering, atMs, atMs);
        account.Events.Conditional(conditional, atMs);
    }

    private void FinishOrigin(Conditional origin, long atMs)
    {
        if (origin.Status != OrderWords.Triggered) return;
        (origin.Status, origin.UpdatedMs) = (OrderWords.Finished, atMs);
        account.Events.Conditional(origin, atMs);
    }

    private void Book(Order order, in OrderUpdate update, long atMs)
    {
        var (price, quantity, feeUsd) = (update.LastFillPrice!.Value, update.LastFillQuantity, update.FeeUsd);
        var isMaker = update.IsMaker ?? false;
        order.Executed += quantity;
        order.Quote += quantity * price;
        order.UpdatedMs = atMs;
        order.Status = update.Status == OrderStatus.Filled ? OrderWords.Filled : OrderWords.PartiallyFilled;
        if (!order.IsLive) account.Orders.Finish(order);
        var realizedUsd = account.HoldingOf(order.Symbol).Apply(order.Side.Sign() * quantity, price, feeUsd, atMs);
        var fill = new FillPart(account.Ids.NextTrade(), price, quantity, feeUsd, realizedUsd, isMaker);
        account.Orders.Add(new Fill(fill.Id, order, price, quantity, feeUsd, realizedUsd, isMaker, atMs));
        var tradeId = fill.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Earn(order.Symbol.Name, "REALIZED_PNL", realizedUsd, "", tradeId, atMs);
        Earn(order.Symbol.Name, order.Type == OrderWords.Liquidation ? "INSURANCE_CLEAR" : "COMMISSION", -feeUsd,
            "", tradeId, atMs);
        if (order.Type != OrderWords.Liquidation) account.Events.TradeLite(order, in fill, atMs);
        TellAccount("ORDER", 0, order.Symbol, atMs);
        TellOrder(order, order.IsAdl ? "CALCULATED" : "TRADE", fill, atMs);
    }

    private void ApplyFunding(in OrderUpdate update, long atMs)
    {
        var amountUsd = update.FundingUsd ?? 0;
        Earn(update.Symbol.Name, "FUNDING_FEE", amountUsd, "FUNDING_FEE", "", atMs);
        TellAccount("FUNDING_FEE", amountUsd, null, atMs);
    }

    // The exchange takes the position over with an order of its own.
    private void ApplyLiquidation(in OrderUpdate update, long atMs)
    {
        var id = account.Ids.NextOrder();
        var order = new Order
        {
            Id = id, ClientId = $"autoclose-{atMs}{id % 1_000_000:000000}", Symbol = update.Symbol,
            Side = update.Side ?? Side.Sell, Type = OrderWords.Liquidation, OriginalType = OrderWords.Liquidation,
            TimeInForce = "IOC", Quantity = update.LastFillQuantity, Price = update.LastFillPrice!.Value,
            CreatedMs = atMs, UpdatedMs = atMs, RoleId = $"liquidation-{id}",
            AverageDecimals = account.AverageDecimalsOf(update.Symbol),
        };
        account.Orders.Add(order);
        TellOrder(order, OrderWords.New, null, atMs);
        Book(order, in update, atMs);
        account.Forced.Filled(order, update.LastFillQuantity, atMs);
        account.HoldingOf(order.Symbol).IsCalled = false;
    }
}
