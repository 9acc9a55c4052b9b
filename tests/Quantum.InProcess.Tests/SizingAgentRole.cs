using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Roles.Sizing;

namespace Quantum.InProcess.Tests;

/// <summary>Answers sizing requests in the process, where the live system makes a gRPC call.</summary>
internal sealed class SizingAgentRole : Role
{
    private readonly Func<SizingPolicy> _policy;

    /// <param name="policy">The policy in force.</param>
    public SizingAgentRole(Func<SizingPolicy> policy)
    {
        _policy = policy;
        On(StreamCatalog.SizingRequested, OnRequest);
    }

    public override string Name => RoleNames.RlSizingAgent;

    private void OnRequest(in SizingRequested request, in Input input, Outbox outbox)
    {
        var policy = _policy();
        var fault = PositionSizing.FaultOf(in request);
        var size = fault is null ? PositionSizing.SizeOf(in request, policy) : null;
        outbox.Publish(StreamCatalog.SizingDecided, new SizingDecided
        {
            Symbol = request.Symbol, RequestId = input.EventId, SignalId = request.SignalId,
            Status = size is null ? SizingStatus.Refused : SizingStatus.Decided,
            PositionSizeUsd = size?.PositionSizeUsd, Leverage = size?.Leverage, RiskFraction = size?.RiskFraction,
            Confidence = request.Confidence, PolicyName = policy.Name,
            PolicyVersion = policy.Version, StateKey = size?.StateKey, SizeFraction = size?.SizeFraction,
            Reasoning = size?.Reasoning ?? fault,
        });
    }
}
