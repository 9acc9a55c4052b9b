using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Governance;
using Quantum.Roles.Tests.Portfolio;

namespace Quantum.Roles.Tests.Governance;

/// <summary>Drives governance as portfolio, market and operator would, and keeps every policy.</summary>
internal sealed class GovernanceBench(GovernanceSettings? settings = null)
{
    public const long Start = 1_764_806_400_000;

    public RoleBench Role { get; } = new(() => new GovernanceRole(settings));
    public long NowMs { get; private set; } = Start;
    public List<PolicyUpdated> Policies { get; } = [];
    public PolicyUpdated Last => Policies[^1];

    public GovernanceBench After(long ms)
    {
        NowMs += ms;
        return this;
    }

    public void Clock() => Keep(Role.Clock(NowMs));

    public void Snapshot(
        double daily = 0, double peak = 0, int adjustments = 0, decimal equity = 10_000m, int staleMarks = 0) =>
            Keep(Role.Send(
            StreamCatalog.PortfolioSnapshot,
            new PortfolioSnapshot
            {
                TotalEquityUsd = equity,
                TotalExposureUsd = 0m,
                CashBalanceUsd = equity,
                MarginUsedUsd = 0m,
                FreeMarginUsd = equity,
                UnrealizedPnlUsd = 0m,
                RealizedPnlTodayUsd = 0m,
                FeesUsd = 0m,
                FundingUsd = 0m,
                DrawdownFraction = peak,
                DailyDrawdownFraction = daily,
                NumPositions = 1,
                StaleMarks = staleMarks,
                AdjustmentsToday = adjustments,
            },
            NowMs));

    public void Exposure(decimal gross, decimal equity = 10_000m) => Keep(Role.Send(
        StreamCatalog.PortfolioExposure,
        new PortfolioExposure
        {
            TotalExposureUsd = gross,
            ExposureBySymbol = [],
            LongExposureUsd = gross,
            ShortExposureUsd = 0m,
            NetExposureUsd = gross,
            TotalEquityUsd = equity,
            FreeMarginUsd = equity,
        },
        NowMs));

    public void Trade(decimal pnl, bool isExploration = false) => Keep(Role.Send(
        StreamCatalog.TradeClosed,
        new TradeClosed
        {
            TradeId = "t",
            Symbol = Results.Btc,
            Side = PositionSide.Long,
            EntryPrice = 100m,
            ExitPrice = 100m,
            Quantity = 1m,
            NotionalUsd = 100m,
            Leverage = 1,
            FeesUsd = 0m,
            FundingUsd = 0m,
            PnlUsd = pnl,
            Exploration = isExploration,
            OpenedAtMs = NowMs,
            ClosedAtMs = NowMs,
            DurationMs = 0,
            Reason = "stop_loss",
            Regime = Regime.Range,
        },
        NowMs));

    public void Market(Regime regime, double confidence = 0.9, Symbol? symbol = null) => Keep(Role.Send(
        StreamCatalog.MetaRegime,
        new MetaRegime
        {
            Symbol = symbol, Regime = regime, Confidence = confidence, Samples = 50, PreviousRegime = Regime.Unknown,
        },
        NowMs));

    public void Order(ControlAction action, RiskMode? mode = null) => Keep(Role.Send(
        StreamCatalog.GovernanceControl,
        new ControlCommand
        {
            Command = action, RiskMode = mode, Symbol = Portfolio.Results.Eth, StopPrice = 1m, Reason = "because",
            By = "anna",
        },
        NowMs));

    public void Find(
        string code, string? stream = null, string? role = null, long count = 1,
        FindingState state = FindingState.Raised, Severity severity = Severity.Critical) => Keep(Role.Send(
        StreamCatalog.AuditFinding,
        new AuditFinding
        {
            Code = code, Severity = severity, State = state, Stream = stream,
            StreamKey = stream is null ? null : EventStream.KeyPrefix + stream,
            Group = role is null ? null : StreamCatalog.GroupOf(role, stream!), Role = role, Count = count,
            Text = $"{code} of {stream}", Mend = "mend it", SinceMs = NowMs,
        },
        NowMs));

    private void Keep(RecordingOutbox outbox) => Policies.AddRange(outbox.Of(StreamCatalog.PolicyUpdated));
}
