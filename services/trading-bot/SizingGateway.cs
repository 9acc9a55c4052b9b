using System.Globalization;
using Grpc.Core;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog.Runner;
using Quantum.Sizing.V1;
using Side = Quantum.Contracts.Units.Side;

namespace Quantum.TradingBot;

/// <summary>
/// Asks the sizing agent by gRPC and publishes its answer: decided, refused with the agent's words, or unavailable. It
/// never invents a size; a call changes nothing at the agent, so asking again after a crash is harmless.
/// </summary>
public sealed class SizingGateway : Gateway
{
    private readonly Sizing.V1.Sizing.SizingClient _agent;
    private readonly TimeSpan _timeout;

    /// <param name="agent">The sizing agent.</param>
    /// <param name="timeout">How long one call may take.</param>
    public SizingGateway(Sizing.V1.Sizing.SizingClient agent, TimeSpan timeout)
    {
        (_agent, _timeout) = (agent, timeout);
        On(StreamCatalog.SizingRequested, OnRequestAsync);
    }

    public override string Name => RoleNames.RlSizingAgent;

    private async ValueTask OnRequestAsync(
        SizingRequested request, GatewayInput input, Outbox outbox, CancellationToken cancel)
    {
        var answer = new SizingDecided
        {
            Symbol = request.Symbol, RequestId = input.EventId, SignalId = request.SignalId,
            Confidence = request.Confidence, Status = SizingStatus.Unavailable,
        };
        try
        {
            var deadline = DateTime.UtcNow + _timeout;
            var reply = await _agent.DecideAsync(ToCall(in request), deadline: deadline, cancellationToken: cancel);
            outbox.Publish(StreamCatalog.SizingDecided, Decided(answer, reply));
        }
        catch (RpcException error) when (
            error.StatusCode is StatusCode.InvalidArgument or StatusCode.FailedPrecondition)
        {
            outbox.Publish(
                StreamCatalog.SizingDecided,
                answer with { Status = SizingStatus.Refused, Reasoning = error.Status.Detail });
        }
        catch (RpcException error) when (!cancel.IsCancellationRequested)
        {
            outbox.Publish(
                StreamCatalog.SizingDecided, answer with { Reasoning = $"{error.StatusCode}: {error.Status.Detail}" });
        }
    }

    // An answer that is no size must not stay pending: the signal would never hear of it.
    private static SizingDecided Decided(in SizingDecided answer, DecideReply reply)
    {
        var decided = answer with
        {
            Status = SizingStatus.Decided,
            PositionSizeUsd = decimal.TryParse(
                reply.PositionSizeUsd, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var size)
                ? size
                : null,
            Leverage = reply.Leverage,
            RiskFraction = reply.RiskFraction,
            SizeFraction = reply.SizeFraction,
            StateKey = reply.StateKey,
            PolicyName = reply.PolicyName,
            PolicyVersion = reply.PolicyVersion,
            Reasoning = reply.Reasoning,
        };
        return decided.Fault() is { } fault
            ? answer with
            {
                Reasoning = $"the agent's answer is no size: {fault}; it said '{reply.PositionSizeUsd}', "
                    + FormattableString.Invariant($"leverage {reply.Leverage}."),
            }
            : decided;
    }

    private static DecideRequest ToCall(in SizingRequested request)
    {
        var call = new DecideRequest
        {
            Symbol = request.Symbol.Name,
            Side = request.Side == Side.Buy ? Sizing.V1.Side.Buy : Sizing.V1.Side.Sell,
            Confidence = request.Confidence,
            Price = Text(request.Price),
            Regime = EnumText<Regime>.Name(request.Ilf.Regime ?? Regime.Unknown),
            EquityUsd = Text(request.EquityUsd),
            FreeMarginUsd = Text(request.FreeMarginUsd),
            GrossExposureFraction = request.GrossExposureFraction,
            MaxPositionSizeUsd = Text(request.MaxPositionSizeUsd),
            MaxLeverage = request.MaxLeverage,
            RiskPerTradeFraction = request.RiskPerTradeFraction,
        };
        if (request.StopFraction is { } stop) call.StopFraction = stop;
        if (request.Exploration) call.Exploration = true;
        if (request.Ilf.AtrValue is { } atr) call.AtrValue = atr;
        if (request.Ilf.VolatilityFactor is { } volatility) call.VolatilityFactor = volatility;
        if (request.Ilf.ExchangeDivergence is { } divergence) call.ExchangeDivergence = divergence;
        if (request.Ilf.FundingRate is { } funding) call.FundingRate = funding;
        return call;
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
