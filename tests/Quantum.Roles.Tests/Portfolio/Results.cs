using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Roles.Tests.Portfolio;

/// <summary>Execution results as the executor writes them.</summary>
internal static class Results
{
    public static readonly Symbol Btc = Symbol.Parse("BTCUSDT");
    public static readonly Symbol Eth = Symbol.Parse("ETHUSDT");

    public static ExecutionResult Fill(
        Side side, decimal quantity, decimal price, decimal fee = 0m, Symbol? symbol = null,
        ResultKind kind = ResultKind.Intent, string positionId = "p1") => new()
        {
            Kind = kind,
            IntentId = kind == ResultKind.Intent ? "intent-1" : null,
            Symbol = symbol ?? Btc,
            Side = side,
            Outcome = Outcome.Filled,
            ReasonCode = "filled",
            ReduceOnly = kind != ResultKind.Intent,
            PositionId = positionId,
            FilledQuantity = quantity,
            AveragePrice = price,
            FeeUsd = fee,
            Leverage = 10,
            Ilf = IlfContext.Unknown,
        };

    public static ExecutionResult Funding(decimal usd, Symbol? symbol = null) => new()
    {
        Kind = ResultKind.Funding,
        Symbol = symbol ?? Btc,
        Outcome = Outcome.Filled,
        ReasonCode = "funding",
        ReduceOnly = false,
        FilledQuantity = 0m,
        FeeUsd = 0m,
        FundingUsd = usd,
        Ilf = IlfContext.Unknown,
    };

    public static ExecutionResult Adjustment(decimal quantity, decimal? price = null, Symbol? symbol = null) => new()
    {
        Kind = ResultKind.Adjustment,
        Symbol = symbol ?? Btc,
        Outcome = Outcome.Filled,
        ReasonCode = "position_adjusted",
        ReduceOnly = false,
        FilledQuantity = 0m,
        AveragePrice = price,
        FeeUsd = 0m,
        PositionQuantity = quantity,
        Ilf = IlfContext.Unknown,
    };

    public static MarketTick Tick(decimal price, Symbol? symbol = null) =>
        new() { Symbol = symbol ?? Btc, Price = price, Quantity = 1m };
}
