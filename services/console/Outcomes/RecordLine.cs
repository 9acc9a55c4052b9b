using Quantum.Backtest.Results;

namespace Quantum.Console.Outcomes;

/// <summary>One line of a run's record: how far a stream was read, and what was in it.</summary>
internal sealed record RecordLine
{
    /// <summary>The stream's key.</summary>
    public required string Key { get; init; }

    /// <summary>The entry up to which it was read.</summary>
    public required string Id { get; init; }

    /// <summary>The first word of the portfolio; only in the first line.</summary>
    public PortfolioSnapshot? Begin { get; init; }

    /// <summary>When that was, UTC epoch ms.</summary>
    public long? BeginMs { get; init; }

    public EquityPoint? Point { get; init; }
    public TradeClosed? Trade { get; init; }

    /// <summary>Of one order's fills, USD, above 0.</summary>
    public decimal? TurnoverUsd { get; init; }

    /// <summary>The time before this entry of which nothing is known, in words.</summary>
    public string? Gap { get; init; }
}
