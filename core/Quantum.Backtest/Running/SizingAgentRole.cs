using Quantum.Roles.Sizing;
using Quantum.Roles.Symbols;

namespace Quantum.Backtest.Running;

/// <summary>
/// Answers sizing requests with the function that the sizing service calls, where the live system makes a gRPC call.
/// </summary>
internal sealed class SizingAgentRole : Role
{
    private readonly Func<SizingPolicy> _policy;
    private readonly SymbolFilterBook? _symbols;

    /// <param name="policy">The policy in force.</param>
    /// <param name="symbols">What the venue accepts; null when not known.</param>
    public SizingAgentRole(Func<SizingPolicy> policy, SymbolFilterBook? symbols = null)
    {
        (_policy, _symbols) = (policy, symbols);
        On(StreamCatalog.SizingRequested, OnRequest);
    }

    public override string Name => RoleNames.RlSizingAgent;

    private void OnRequest(in SizingRequested request, in Input input, Outbox outbox)
    {
        var answer = new SizingDecided
        {
            Symbol = request.Symbol, RequestId = input.EventId, SignalId = request.SignalId,
            Confidence = request.Confidence, Status = SizingStatus.Refused,
        };
        if (PositionSizing.FaultOf(in request) is { } fault)
        {
            outbox.Publish(StreamCatalog.SizingDecided, answer with { Reasoning = fault });
            return;
        }

        var policy = _policy();
        var filters = _symbols?.Find(request.Symbol);
        if (PositionSizing.SizeOf(in request, policy, filters, out var refusal) is not { } size)
        {
            outbox.Publish(StreamCatalog.SizingDecided, answer with { Reasoning = refusal });
            return;
        }

        outbox.Publish(StreamCatalog.SizingDecided, answer with
        {
            Status = SizingStatus.Decided, PositionSizeUsd = size.PositionSizeUsd, Leverage = size.Leverage,
            RiskFraction = size.RiskFraction, SizeFraction = size.SizeFraction, StateKey = size.StateKey,
            PolicyName = policy.Name, PolicyVersion = policy.Version, Reasoning = size.Reasoning,
        });
    }
}
