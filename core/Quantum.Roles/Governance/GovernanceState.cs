namespace Quantum.Roles.Governance;

/// <summary>What governance remembers: the operator's will, the trip in force, what was published.</summary>
internal sealed class GovernanceState
{
    /// <summary>What it is saved under.</summary>
    public const string Key = "governance";

    /// <summary>Version of the last published policy; 0 before the first.</summary>
    public long PolicyVersion { get; set; }

    /// <summary>Mode of the last published policy.</summary>
    public RiskMode PublishedMode { get; set; } = RiskMode.Normal;

    /// <summary>Kill switch of the last published policy.</summary>
    public bool PublishedKillSwitch { get; set; }

    /// <summary><see cref="FlattenSinceMs"/> of the last published policy.</summary>
    public long? PublishedFlattenSinceMs { get; set; }

    /// <summary>The mode the operator wants; trips can only be stricter.</summary>
    public RiskMode OperatorMode { get; set; } = RiskMode.Normal;

    public bool KillSwitch { get; set; }

    /// <summary>Since when the operator wants no position at all, UTC epoch ms; null when they do not.</summary>
    public long? FlattenSinceMs { get; set; }

    /// <summary>The trip in force; null when there is none.</summary>
    public Trip? Trip { get; set; }

    /// <summary>Until when the trip holds, UTC epoch ms.</summary>
    public long TripUntilMs { get; set; }

    /// <summary>Losing trades in a row, from 0.</summary>
    public int LossStreak { get; set; }

    /// <summary>How many of them a cooldown has already answered for, from 0.</summary>
    public int LossesEased { get; set; }

    /// <summary>UTC epoch ms of the last losing trade's news.</summary>
    public long LastLossAtMs { get; set; }

    /// <summary>Latest time of any input, UTC epoch ms; null before the first.</summary>
    public long? NowMs { get; set; }

    /// <summary>Since when the portfolio's word is stale by our own clock, UTC epoch ms; null when fresh.</summary>
    public long? StaleSinceMs { get; set; }

    public PortfolioView Portfolio { get; set; } = new();

    /// <summary>What the operator has taken note of by a reset: only what is worse than it trips again.</summary>
    public Acknowledged Acknowledged { get; set; } = new();

    /// <summary>The audit's findings in force that policy names, oldest first.</summary>
    public List<HeldFinding> Findings { get; set; } = [];

    /// <summary>True while the market as a whole is volatile.</summary>
    public bool IsMarketVolatile { get; set; }

    /// <summary>
    /// The clock was set back: nothing noted lies ahead of <paramref name="nowMs"/>, UTC epoch ms, no cooldown lasts
    /// longer than <paramref name="cooldownMs"/>, ms. Snapshots would be passed over, and their silence not seen.
    /// </summary>
    public void SetBack(long nowMs, long cooldownMs)
    {
        NowMs = nowMs;
        (TripUntilMs, LastLossAtMs) = (Math.Min(TripUntilMs, nowMs + cooldownMs), Math.Min(LastLossAtMs, nowMs));
        if (StaleSinceMs > nowMs) StaleSinceMs = nowMs;
        if (Portfolio.SnapshotAtMs > nowMs) Portfolio.SnapshotAtMs = nowMs;
        if (Portfolio.StaleMarksSinceMs > nowMs) Portfolio.StaleMarksSinceMs = nowMs;
    }
}

/// <summary>A cause that restricts trading.</summary>
/// <param name="Mode">Defensive or halt.</param>
/// <param name="ReasonCode">For example <c>daily_drawdown</c>.</param>
/// <param name="Reason">In words with the values.</param>
/// <param name="NeedsReset">True when only a person may lift it.</param>
internal sealed record Trip(RiskMode Mode, string ReasonCode, string Reason, bool NeedsReset);

/// <summary>Levels taken note of; each falls with its value.</summary>
internal sealed class Acknowledged
{
    public double DailyDrawdownFraction { get; set; }
    public double DrawdownFraction { get; set; }
    public int AdjustmentsToday { get; set; }

    public void FallWith(PortfolioView seen)
    {
        DailyDrawdownFraction = Math.Min(DailyDrawdownFraction, seen.DailyDrawdownFraction);
        DrawdownFraction = Math.Min(DrawdownFraction, seen.DrawdownFraction);
        AdjustmentsToday = Math.Min(AdjustmentsToday, seen.AdjustmentsToday);
    }
}
