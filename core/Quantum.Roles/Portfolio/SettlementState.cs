namespace Quantum.Roles.Portfolio;

/// <summary>The newest price of a held symbol.</summary>
internal sealed class MarkState
{
    /// <summary>Quote currency, above 0; 0 before the first.</summary>
    public decimal Price { get; set; }

    /// <summary>UTC epoch ms.</summary>
    public long AtMs { get; set; }
}

/// <summary>A round trip waiting for the other book's figure.</summary>
/// <param name="OwnPnlUsd">By our fills, USD; null until they are in.</param>
/// <param name="ReportedPnlUsd">By <c>trade.closed</c>, USD; null until it is in.</param>
/// <param name="AtMs">UTC epoch ms of the first of the two.</param>
internal sealed record SettlementState(decimal? OwnPnlUsd, decimal? ReportedPnlUsd, long AtMs);
