namespace Quantum.Venue.Accounts;

/// <summary>Brings an account's orders to its role and what the role answers back.</summary>
internal sealed class Trading(Account account)
{
    private static readonly VenueError s_isolatedTooLittle = new(-4051, "Isolated balance insufficient.");

    /// <summary>Places an order that was read; the refusal, or null.</summary>
    public VenueError? Place(Order order, in OrderCommand command, long atMs)
    {
        if (account.Orders.IsLiveClientId(order.ClientId)) return VenueError.DuplicateClientId;
        account.Role.Command(atMs, in command);
        if (TakeRefusal(order.Symbol, order.Side) is { } refusal) return refusal;
        account.Orders.Add(order);
        account.Orders.Accept(order.ClientId);
        account.Ledger.TellOrder(order, OrderWords.New, null, atMs);
        account.Ledger.Take(atMs);
        return null;
    }

    /// <summary>Places a conditional order that was read; the refusal, or null.</summary>
    public VenueError? Place(Conditional order, in OrderCommand command, long atMs)
    {
        if (account.Orders.FindConditional(order.ClientId) is { IsWaiting: true } || IsDuplicate(order))
            return VenueError.DuplicateClientId;
        account.Role.Command(atMs, in command);
        if (TakeRefusal(order.Symbol, order.Side) is { } refusal) return refusal;
        account.Orders.Add(order);
        account.Orders.Accept(order.ClientId);
        account.Events.Conditional(order, atMs);
        account.Ledger.Take(atMs);
        return null;
    }

    /// <summary>Asks the role without keeping anything: what <c>order/test</c> answers.</summary>
    public VenueError? Test(Order order, in OrderCommand command, long atMs)
    {
        if (account.Orders.IsLiveClientId(order.ClientId)) return VenueError.DuplicateClientId;
        account.Role.Command(atMs, in command);
        if (TakeRefusal(order.Symbol, order.Side) is { } refusal) return refusal;
        // Taken, it is taken back before any price can meet it.
        account.Role.Said.Clear();
        account.Role.Command(atMs, CancelOf(order.RoleId, order.Symbol, order.Side));
        account.Role.Said.Clear();
        return null;
    }

    /// <summary>Cancels a live order.</summary>
    public void Cancel(Order order, long atMs)
    {
        account.Role.Command(atMs, CancelOf(order.RoleId, order.Symbol, order.Side));
        account.Ledger.Take(atMs);
    }

    /// <summary>Cancels a conditional order that waits.</summary>
    public void Cancel(Conditional order, long atMs)
    {
        account.Role.Command(atMs, CancelOf(order.RoleId, order.Symbol, order.Side));
        account.Ledger.Take(atMs);
    }

    /// <summary>Cancels all orders of a symbol; conditional ones stay.</summary>
    public void CancelAll(Symbol symbol, long atMs)
    {
        foreach (var order in account.Orders.Live.Where(order => order.Symbol == symbol).ToArray())
            Cancel(order, atMs);
    }

    /// <summary>Cancels all conditional orders of a symbol.</summary>
    public void CancelAllConditional(Symbol symbol, long atMs)
    {
        foreach (var order in account.Orders.Waiting.Where(order => order.Symbol == symbol).ToArray())
            Cancel(order, atMs);
    }

    /// <summary>
    /// Changes price and quantity of a limit order: it loses its place, as at the exchange. A change that the role
    /// refuses leaves the order as it was.
    /// </summary>
    public VenueError? Amend(Order order, decimal quantity, decimal price, long atMs)
    {
        if (quantity == order.Quantity && price == order.Price)
            return new VenueError(-5027, "No need to modify the order.");
        if (quantity <= order.Executed)
        {
            Cancel(order, atMs);
            return null;
        }

        var before = (order.Quantity, order.Price);
        account.Role.Command(atMs, CancelOf(order.RoleId, order.Symbol, order.Side));
        account.Role.Said.Clear();
        if (Replace(order, quantity, price, atMs) is { } refusal)
        {
            if (Replace(order, before.Quantity, before.Price, atMs) is not null)
                account.Ledger.End(order, OrderWords.Expired, atMs);
            return refusal;
        }

        order.UpdatedMs = atMs;
        account.Ledger.TellOrder(order, "AMENDMENT", null, atMs);
        account.Ledger.Take(atMs);
        return null;
    }

    private VenueError? Replace(Order order, decimal quantity, decimal price, long atMs)
    {
        var roleId = account.Ids.NextTransaction().ToString(CultureInfo.InvariantCulture);
        var command = CommandOf(order, roleId) with { Quantity = quantity - order.Executed, Price = price };
        account.Role.Command(atMs, in command);
        if (TakeRefusal(order.Symbol, order.Side) is { } refusal) return refusal;
        account.Orders.Rename(order, roleId);
        (order.Quantity, order.Price) = (quantity, price);
        return null;
    }

    /// <summary>Closes a position at the market, as the exchange does to pay another account's profit.</summary>
    public VenueError? Deleverage(Holding holding, long atMs)
    {
        var id = account.Ids.NextOrder();
        var order = new Order
        {
            Id = id, ClientId = OrderWords.AdlClientId, Symbol = holding.Symbol,
            Side = holding.Quantity > 0 ? Side.Sell : Side.Buy, Type = OrderWords.Market,
            OriginalType = OrderWords.Market, TimeInForce = OrderWords.Gtc, Quantity = Math.Abs(holding.Quantity),
            ReduceOnly = true, CreatedMs = atMs, UpdatedMs = atMs,
            AverageDecimals = account.AverageDecimalsOf(holding.Symbol),
            RoleId = id.ToString(CultureInfo.InvariantCulture),
        };
        return Place(order, CommandOf(order, order.RoleId), atMs);
    }

    /// <summary>Sets a symbol's leverage; the refusal, or null.</summary>
    public VenueError? SetLeverage(Symbol symbol, int leverage, long atMs)
    {
        var before = account.Figures.PositionOf(symbol).Leverage;
        var answer = account.Role.Configure(atMs, symbol, leverage: leverage);
        if (answer.Status == OrderStatus.Rejected)
            return answer.ReasonCode == "insufficient_margin"
                ? new VenueError(-2028, "Leverage is smaller than permitted: insufficient margin balance.")
                : RefusalOf(in answer);
        if (before != leverage) account.Events.Leverage(symbol.Name, leverage, atMs);
        return null;
    }

    /// <summary>Sets a symbol's margin type; the refusal, or null.</summary>
    public VenueError? SetIsolated(Symbol symbol, bool isIsolated, long atMs)
    {
        var answer = account.Role.Configure(atMs, symbol, isIsolated: isIsolated);
        if (answer.Status != OrderStatus.Rejected) return null;
        if (answer.ReasonCode != "margin_mode_blocked") return RefusalOf(in answer);
        return answer.PositionQuantity is not (null or 0)
            ? new VenueError(-4048, "Margin type cannot be changed if there exists position.")
            : new VenueError(-4047, "Margin type cannot be changed if there exists open orders.");
    }

    /// <summary>Adds margin to an isolated position, or takes some out; the refusal, or null.</summary>
    public VenueError? MoveMargin(Symbol symbol, decimal amountUsd, long atMs)
    {
        var wantedUsd = account.Figures.PositionOf(symbol).IsolatedUsd + amountUsd;
        if (wantedUsd <= 0 && amountUsd < 0) return s_isolatedTooLittle;
        var answer = account.Role.Configure(atMs, symbol, isolatedMarginUsd: wantedUsd);
        if (answer.Status == OrderStatus.Rejected)
            return answer.ReasonCode != "insufficient_margin" ? RefusalOf(in answer)
                : amountUsd < 0 ? s_isolatedTooLittle
                : new VenueError(-4050, "Cross balance insufficient.");
        account.Orders.MarginMoves.Add(
            new MarginMove(symbol, amountUsd > 0 ? 1 : 2, Math.Abs(amountUsd), atMs));
        account.Ledger.TellAccount("MARGIN_TRANSFER", 0, symbol, atMs);
        return null;
    }

    private VenueError RefusalOf(in OrderUpdate answer) => RoleReasons.ErrorOf(
        answer.ReasonCode, answer.Reason, account.Rules.Symbols.Find(answer.Symbol), isBuy: true);

    /// <summary>What the role is asked for an order.</summary>
    public static OrderCommand CommandOf(Order order, string roleId) => new()
    {
        Action = OrderAction.Place, ClientOrderId = roleId, IntentId = order.ClientId, Symbol = order.Symbol,
        Side = order.Side, Type = order.Type == OrderWords.Limit ? OrderType.Limit : OrderType.Market,
        Purpose = order.ReduceOnly ? OrderPurpose.Exit : OrderPurpose.Entry, Quantity = order.Quantity,
        Price = order.Price == 0 ? null : order.Price, TimeInForce = ForceOf(order.TimeInForce, order.Type),
        ReduceOnly = order.ReduceOnly,
    };

    /// <summary>What the role is asked for a conditional order.</summary>
    public static OrderCommand CommandOf(Conditional order) => new()
    {
        Action = OrderAction.Place, ClientOrderId = order.RoleId, IntentId = order.ClientId, Symbol = order.Symbol,
        Side = order.Side,
        Type = order.Type switch
        {
            OrderWords.Stop => OrderType.StopLimit,
            OrderWords.StopMarket => OrderType.StopMarket,
            OrderWords.TakeProfit => OrderType.TakeProfitLimit,
            _ => OrderType.TakeProfitMarket,
        },
        Purpose = OrderPurpose.Stop, Quantity = order.Quantity,
        Price = order.Price == 0 ? null : order.Price, TriggerPrice = order.TriggerPrice,
        TriggerBy = order.WorkingType == OrderWords.MarkPrice ? TriggerBy.MarkPrice : TriggerBy.LastPrice,
        TimeInForce = ForceOf(order.TimeInForce, order.ActualType),
        ReduceOnly = order.ReduceOnly, ClosePosition = order.ClosePosition ? true : null,
    };

    private static TimeInForce? ForceOf(string word, string type) => type != OrderWords.Limit
        ? null
        : word switch
        {
            "IOC" => TimeInForce.Ioc,
            "FOK" => TimeInForce.Fok,
            "GTX" => TimeInForce.Gtx,
            _ => TimeInForce.Gtc,
        };

    private static OrderCommand CancelOf(string roleId, Symbol symbol, Side side) => new()
    {
        Action = OrderAction.Cancel, ClientOrderId = roleId, IntentId = roleId, Symbol = symbol, Side = side,
        Type = OrderType.Market, Purpose = OrderPurpose.Entry, Quantity = 0, ReduceOnly = false,
    };

    // A refused order was never there: what the role says of it is the reply, and no event.
    private VenueError? TakeRefusal(Symbol symbol, Side side)
    {
        var said = account.Role.Said;
        if (said is not [{ Kind: UpdateKind.Order, Status: OrderStatus.Rejected or OrderStatus.Expired } first, ..])
            return null;
        said.Clear();
        return RoleReasons.ErrorOf(
            first.ReasonCode, first.Reason, account.Rules.Symbols.Find(symbol), side == Side.Buy);
    }

    // The order that a conditional one becomes bears its client id.
    private bool IsDuplicate(Conditional order) => account.Orders.IsLiveClientId(order.ClientId);
}
