using Quantum.Audit;

namespace Quantum.Console.Live;

/// <summary>The whole system at one moment, as its Redis tells it; what every page shows.</summary>
public sealed record SystemView
{
    /// <summary>Before the first look.</summary>
    public static readonly SystemView None = new() { Fault = "Redis was not asked yet." };

    /// <summary>Why Redis told nothing, in words; null when it did. The rest is then of before.</summary>
    public string? Fault { get; init; }

    /// <summary>Numbers the looks, from 1.</summary>
    public long Number { get; init; }

    /// <summary>Redis TIME, UTC epoch ms: every age is against it.</summary>
    public long NowMs { get; init; }

    /// <summary>The system's time, UTC epoch ms: a tape's, else Redis TIME; null before a tape's first step.</summary>
    public long? SystemNowMs { get; init; }

    /// <summary>Empty when the Redis is not marked as a system's.</summary>
    public string Mode { get; init; } = "";

    public bool IsTape { get; init; }
    public FeedNow? Feed { get; init; }

    /// <summary>Null before the first.</summary>
    public PolicyInForce? Policy { get; init; }

    /// <summary>Who stopped trading, when and why; null while it is not stopped.</summary>
    public KillWord? Kill { get; init; }

    /// <summary>What the executor itself goes by; null before it has taken a policy.</summary>
    public ExecutorsPolicy? Executor { get; init; }

    /// <summary>The newest entry of <c>portfolio.snapshot_updated</c>; null before the first.</summary>
    public StreamEntry? Account { get; init; }

    public IReadOnlyList<PositionView> Positions { get; init; } = [];

    /// <summary>Symbols with an entry under way.</summary>
    public IReadOnlyList<string> Opening { get; init; } = [];

    /// <summary>Orders that may still trade, by symbol, the oldest first.</summary>
    public IReadOnlyList<WorkingOrder> Orders { get; init; } = [];

    /// <summary>What keeps the system from entering positions, in words; empty when nothing is seen to.</summary>
    public IReadOnlyList<string> Blocks { get; init; } = [];

    public IReadOnlyList<SeatView> Seats { get; init; } = [];

    /// <summary>The newest closed trades, newest first.</summary>
    public IReadOnlyList<StreamEntry> Trades { get; init; } = [];

    /// <summary>The newest signals, newest first.</summary>
    public IReadOnlyList<StreamEntry> Signals { get; init; } = [];

    /// <summary>Equity over the time that its stream keeps, oldest first.</summary>
    public IReadOnlyList<EquityPoint> Equity { get; init; } = [];

    /// <summary>What roles put aside, all symbols.</summary>
    public IReadOnlyList<ClosedGate> Gates { get; init; } = [];

    /// <summary>The audit of all streams and groups; null before the first.</summary>
    public AuditReport? Audit { get; init; }

    /// <summary>Findings that need attention, the worst first.</summary>
    public IEnumerable<Finding> Alerts =>
        Audit?.Findings.Where(finding => finding.Severity > Severity.Info) ?? [];

    /// <summary>Roles that nobody runs.</summary>
    public IEnumerable<SeatView> Missing => Seats.Where(seat => !seat.IsHeld);

    /// <summary>True when Redis answers, every role runs and nothing critical is found.</summary>
    public bool IsAlive => Fault is null && Seats.Count > 0 && Seats.All(seat => seat.IsHeld)
        && !Alerts.Any(finding => finding.Severity == Severity.Critical);

    /// <summary>Open risk, USD from 0: what all stops would lose; positions without a stop are not in it.</summary>
    public decimal OpenRiskUsd => Positions.Sum(position => position.RiskUsd ?? 0);

    /// <summary>The same, R, of positions with a plan.</summary>
    public double OpenRiskR => Positions.Sum(position => position.RiskR ?? 0);

    /// <summary>Positions with a stop and without a plan, from 0: their risk is in USD alone.</summary>
    public int Unplanned => Positions.Count(position => position is { RiskUsd: not null, RiskR: null });

    /// <summary>Positions whose loss no stop bounds, from 0.</summary>
    public int Unbounded => Positions.Count(position => position.Quantity != 0 && position.RiskUsd is null);
}

/// <summary>Equity at a moment.</summary>
/// <param name="AtMs">UTC epoch ms.</param>
public readonly record struct EquityPoint(long AtMs, decimal Usd);
