namespace Quantum.Roles.ExitBrain;

/// <summary>
/// Books what happened to positions: opens a trade with its plan, adds, reduces, and closes it with
/// <c>trade.closed</c>.
/// </summary>
internal sealed class Trades(ExitBrainBooks books, ExitBrainSettings settings)
{
    public void Book(in ExecutionResult result, in Input input, Outbox outbox)
    {
        if (result is { Kind: ResultKind.LateFill, FilledQuantity: 0m })
        {
            // It may be of a position before this one: there is nothing else to learn from it.
            Charge(in result);
            return;
        }

        // An adjustment with a fill is a late fill: the venue's, and booked as one.
        if (result.FilledQuantity > 0m) Fill(in result, in input, outbox);
        else if (result.Kind == ResultKind.Adjustment) Adjust(in result, in input, outbox);
        else if (result.Kind == ResultKind.Funding) Fund(in result);
        if (books.Trades.Find(result.Symbol.Name) is not null) Learn(in result);
    }

    /// <summary>Opens what the venue told of without a price, now that there is one.</summary>
    public void OpenAdopted(Symbol symbol, AdoptedPosition adopted, decimal price, long atMs, Outbox outbox)
    {
        books.Adopted.Remove(symbol.Name);
        var result = new ExecutionResult
        {
            Kind = ResultKind.Adjustment,
            Symbol = symbol,
            Outcome = Outcome.Filled,
            ReasonCode = ExitReasons.Adjustment,
            ReduceOnly = false,
            PositionId = adopted.PositionId,
            FilledQuantity = 0m,
            FeeUsd = 0m,
            Leverage = adopted.Leverage,
            Ilf = IlfContext.Unknown,
        };
        Open(in result, adopted.TradeId, adopted.CorrelationId, adopted.Quantity, price, 0m, atMs, outbox);
    }

    private void Fill(in ExecutionResult result, in Input input, Outbox outbox)
    {
        var side = result.Side ?? throw new InvalidDataException(
            $"execution.result {input.EventId} fills {result.FilledQuantity} {result.Symbol} without a side.");
        var price = result.AveragePrice!.Value;
        var quantity = result.FilledQuantity;
        var fee = result.FeeUsd;
        var tradeId = result.PositionId ?? input.EventId;
        if (books.Trades.Find(result.Symbol.Name) is { } trade)
        {
            var effect = trade.Ledger.Position.Apply(side, quantity, price);
            books.Trades.Touch(result.Symbol.Name);
            if (effect.ClosedQuantity == 0m)
            {
                trade.Ledger.Enter(side, quantity, price, fee);
                Replan(trade, quantity, outbox);
                return;
            }

            trade.Ledger.Leave(side, effect.ClosedQuantity, price, effect.ClosingFee(fee));
            if (!trade.Ledger.Position.IsFlat) return;
            Close(trade, ReasonOf(in result, trade), input.AtMs, outbox);
            if (effect.OpenedQuantity == 0m) return;
            fee -= effect.ClosingFee(fee);
            quantity = effect.OpenedQuantity;
            if (tradeId == trade.TradeId) tradeId = input.EventId;
        }

        Open(in result, tradeId, input.CorrelationId, side.Sign() * quantity, price, fee, input.AtMs, outbox);
    }

    private void Open(
        in ExecutionResult result, string tradeId, string correlationId, decimal signedQuantity, decimal price,
        decimal feeUsd, long atMs, Outbox outbox)
    {
        var nowMs = books.NowMs(atMs);
        var venue = books.FreshVenue(result.Symbol, nowMs, settings.VenueStaleAfterMs);
        var basis = new PlanBasis
        {
            Side = signedQuantity > 0m ? PositionSide.Long : PositionSide.Short,
            EntryPrice = price,
            Leverage = Math.Max(1, result.Leverage ?? 1),
            OpenedAtMs = atMs,
            Quantity = Math.Abs(signedQuantity),
            Filters = settings.Symbols?.Find(result.Symbol),
            StopPrice = result.StopPrice,
            Ilf = result.Ilf with
            {
                Regime = result.Ilf.Regime is { } told and not Regime.Unknown ? told : books.RegimeOf(result.Symbol),
                ExchangeDivergence = result.Ilf.ExchangeDivergence ?? venue?.Divergence,
                FundingRate = null,
            },
            FundingSpreadFraction = venue?.FundingSpreadFraction,
        };
        var plan = ExitPlanner.Plan(in basis, settings);
        TellFewer(plan, result.Symbol, outbox);
        var trade = new OpenTrade
        {
            TradeId = tradeId,
            PositionId = result.PositionId,
            Symbol = result.Symbol,
            Side = basis.Side,
            CorrelationId = correlationId,
            OpenedAtMs = atMs,
            Leverage = basis.Leverage,
            Confidence = result.Confidence,
            IntentId = result.IntentId,
            SignalId = result.SignalId,
            ModelName = result.ModelName,
            ModelVersion = result.ModelVersion,
            PolicyVersion = result.PolicyVersion,
            Exploration = result.Exploration == true,
            Ilf = basis.Ilf,
            FundingSpreadFraction = basis.FundingSpreadFraction,
            Plan = plan,
            Stop = new StopState
            {
                Price = result.StopPrice ?? price - (basis.Side.Sign() * plan.StopDistance),
                Reason = ExitReasons.StopLoss,
                AppliedPrice = result.StopPrice,
                AppliedReason = ExitReasons.StopLoss,
            },
            BestPrice = price,
        };
        trade.Ledger.Enter(basis.Side.EntrySide(), Math.Abs(signedQuantity), price, feeUsd);
        Share(trade, trade.Ledger.EntryQuantity);
        books.Trades.Set(result.Symbol.Name, trade);
        books.Price(result.Symbol, price, atMs);
    }

    // What a plan left out is no secret: whoever asks why a position has one target finds it among the reasons.
    private static void TellFewer(ExitPlan plan, Symbol symbol, Outbox outbox)
    {
        if (plan.TargetsLeftOut > 0) outbox.Count("plan", "fewer_targets", symbol.Name);
    }

    private void Replan(OpenTrade trade, decimal addedQuantity, Outbox outbox)
    {
        if (trade.Plan.Targets.Exists(target => target.IsDone || target.LeftQuantity == 0m))
        {
            Share(trade, addedQuantity);
            return;
        }

        var basis = new PlanBasis
        {
            Side = trade.Side,
            EntryPrice = trade.EntryPrice,
            Leverage = trade.Leverage,
            OpenedAtMs = trade.OpenedAtMs,
            Quantity = trade.Ledger.OpenQuantity,
            Filters = settings.Symbols?.Find(trade.Symbol),
            StopPrice = trade.Stop.Price,
            Ilf = trade.Ilf,
            FundingSpreadFraction = trade.FundingSpreadFraction,
        };
        trade.Plan = ExitPlanner.Plan(in basis, settings);
        TellFewer(trade.Plan, trade.Symbol, outbox);
        Share(trade, trade.Ledger.OpenQuantity);
    }

    private static void Share(OpenTrade trade, decimal quantity)
    {
        foreach (var target in trade.Plan.Targets.Where(target => !target.IsDone))
            target.LeftQuantity += target.ShareFraction * quantity;
    }

    // A fee that the venue told after the fills it is for; a trade that is closed meanwhile was told of without it.
    private void Charge(in ExecutionResult result)
    {
        if (books.Trades.Find(result.Symbol.Name) is not { } trade || trade.PositionId != result.PositionId) return;
        books.Trades.Touch(result.Symbol.Name).Ledger.FeesUsd += result.FeeUsd;
    }

    private void Fund(in ExecutionResult result)
    {
        if (result.FundingUsd is not { } funding || books.Trades.Find(result.Symbol.Name) is null) return;
        books.Trades.Touch(result.Symbol.Name).Ledger.FundingUsd += funding;
    }

    private void Adjust(in ExecutionResult result, in Input input, Outbox outbox)
    {
        outbox.Count("exitbrain", "position_adjusted", result.Symbol.Name);
        if (result.PositionQuantity is not { } quantity) return;
        var name = result.Symbol.Name;
        var known = result.AveragePrice ?? books.Prices.Find(name)?.Price;
        var tradeId = result.PositionId ?? input.EventId;
        if (books.Trades.Find(name) is { } trade)
        {
            books.Trades.Touch(name);
            if (Math.Sign(quantity) == trade.Side.Sign())
            {
                trade.Ledger.Adjust(quantity, known ?? trade.EntryPrice);
                return;
            }

            trade.Ledger.Adjust(0m, trade.EntryPrice);
            Close(trade, ExitReasons.Adjustment, input.AtMs, outbox);
            if (tradeId == trade.TradeId) tradeId = input.EventId;
        }

        books.Adopted.Remove(name);
        if (quantity == 0m) return;
        if (known is { } price)
            Open(in result, tradeId, input.CorrelationId, quantity, price, 0m, input.AtMs, outbox);
        else
            books.Adopted.Set(name, new AdoptedPosition(
                tradeId, result.PositionId, input.CorrelationId, quantity, Math.Max(1, result.Leverage ?? 1)));
    }

    // What the venue has counts: a stop it holds tighter is ours, one it holds looser has to be moved again.
    private void Learn(in ExecutionResult result)
    {
        var trade = books.Trades.Touch(result.Symbol.Name);
        trade.PositionId = result.PositionId ?? trade.PositionId;
        trade.Leverage = Math.Max(1, result.Leverage ?? trade.Leverage);
        trade.LiquidationPrice = result.LiquidationPrice ?? trade.LiquidationPrice;
        if (result.StopPrice is not { } stop) return;
        if (trade.IsTighter(stop, trade.Stop.Price))
        {
            trade.Stop.Price = stop;
            trade.Stop.AppliedPrice = stop;
            if (result.IntentReason == ExitReasons.OperatorStop)
                trade.Stop.Reason = trade.Stop.AppliedReason = ExitReasons.OperatorStop;
        }
        else if (trade.Stop.AppliedPrice is not { } applied
            || (trade.StopMove is null && Math.Abs(applied - stop) > settings.MinTrailStepFraction * trade.EntryPrice))
        {
            trade.Stop.AppliedPrice = stop;
        }
    }

    private void Close(OpenTrade trade, string reason, long atMs, Outbox outbox)
    {
        outbox.Publish(StreamCatalog.TradeClosed, ExitIntents.Closed(trade, reason, atMs), trade.CorrelationId);
        books.Trades.Remove(trade.Symbol.Name);
        books.Prices.Remove(trade.Symbol.Name);
    }

    private static string ReasonOf(in ExecutionResult result, OpenTrade trade) => result.Kind switch
    {
        ResultKind.Stop when result.ReasonCode == ExitReasons.Unprotected => ExitReasons.Unprotected,
        ResultKind.Stop => trade.Stop.AppliedReason,
        ResultKind.Liquidation => ExitReasons.Liquidation,
        _ => result.IntentReason ?? trade.Exit?.Reason ?? ExitReasons.Exit,
    };
}
