using System.Globalization;
using Grpc.Core;
using Quantum.Contracts.Events;
using Quantum.Contracts.Wire;
using Quantum.Roles.Sizing;
using Quantum.Roles.Symbols;
using Quantum.Sizing.V1;
using Symbol = Quantum.Contracts.Units.Symbol;
using Units = Quantum.Contracts.Units;

namespace Quantum.Sizing;

/// <summary>Answers sizing calls with the policy in force; refuses what is out of range by naming the field.</summary>
public sealed class SizingService(SizingPolicyRole policies, SymbolFilterBook? symbols = null) : V1.Sizing.SizingBase
{
    /// <summary>No price and no account reaches this, USD.</summary>
    private const decimal MostUsd = 1_000_000_000_000_000m;

    public override Task<DecideReply> Decide(DecideRequest request, ServerCallContext context)
    {
        var question = Read(request);
        if (PositionSizing.FaultOf(in question) is { } fault) throw Refused(StatusCode.InvalidArgument, fault);
        var policy = policies.Current;
        var size = PositionSizing.SizeOf(in question, policy, symbols?.Find(question.Symbol), out var refusal)
            ?? throw Refused(StatusCode.FailedPrecondition, refusal!);
        return Task.FromResult(new DecideReply
        {
            PositionSizeUsd = size.PositionSizeUsd.ToString(CultureInfo.InvariantCulture),
            Leverage = size.Leverage,
            RiskFraction = size.RiskFraction,
            SizeFraction = size.SizeFraction,
            StateKey = size.StateKey,
            PolicyName = policy.Name,
            PolicyVersion = policy.Version,
            Reasoning = size.Reasoning,
        });
    }

    private static SizingRequested Read(DecideRequest request)
    {
        if (!Symbol.TryParse(request.Symbol, out var symbol))
            throw Refused(StatusCode.InvalidArgument,
                $"symbol is '{request.Symbol}': it must be a symbol such as BTCUSDT.");
        if (request.Side is not (Side.Buy or Side.Sell))
            throw Refused(StatusCode.InvalidArgument, $"side is '{request.Side}': it must be SIDE_BUY or SIDE_SELL.");
        if (!EnumText<Units.Regime>.TryParse(System.Text.Encoding.UTF8.GetBytes(request.Regime), out var regime))
            throw Refused(
                StatusCode.InvalidArgument,
                $"regime is '{request.Regime}': it must be one of {EnumText<Units.Regime>.Allowed}.");
        return new SizingRequested
        {
            Symbol = symbol,
            Side = request.Side == Side.Buy ? Units.Side.Buy : Units.Side.Sell,
            SignalId = "grpc",
            Confidence = request.Confidence,
            Price = Decimal("price", request.Price),
            Ilf = new IlfContext
            {
                AtrValue = request.HasAtrValue ? request.AtrValue : null,
                VolatilityFactor = request.HasVolatilityFactor ? request.VolatilityFactor : null,
                ExchangeDivergence = request.HasExchangeDivergence ? request.ExchangeDivergence : null,
                FundingRate = request.HasFundingRate ? request.FundingRate : null,
                Regime = regime,
            },
            EquityUsd = Decimal("equity_usd", request.EquityUsd),
            FreeMarginUsd = Decimal("free_margin_usd", request.FreeMarginUsd),
            GrossExposureFraction = request.GrossExposureFraction,
            MaxPositionSizeUsd = Decimal("max_position_size_usd", request.MaxPositionSizeUsd),
            MaxLeverage = request.MaxLeverage,
            RiskPerTradeFraction = request.RiskPerTradeFraction,
            StopFraction = request.HasStopFraction ? request.StopFraction : null,
            Exploration = request.Exploration,
            DeadlineMs = 0,
        };
    }

    // No thousands separators: '1,5' would be 15. The bound keeps every product inside the range of decimal.
    private static decimal Decimal(string field, string text)
    {
        const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
        return decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var value) && value < MostUsd
            ? value
            : throw Refused(StatusCode.InvalidArgument,
                $"{field} is '{text}': it must be a decimal number such as 1234.5, below {MostUsd}.");
    }

    private static RpcException Refused(StatusCode code, string text) => new(new Status(code, text));
}
