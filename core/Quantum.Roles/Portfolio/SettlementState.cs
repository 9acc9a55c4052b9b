namespace Quantum.Roles.Portfolio;

/// <summary>The newest price of a held symbol.</summary>
/// <param name="Price">Quote currency, above 0.</param>
/// <param name="AtMs">UTC epoch ms.</param>
internal sealed record MarkState(decimal Price, long AtMs);

/// <summary>A round trip waiting for the other book's figure.</summary>
/// <param name="OwnPnlUsd">By our fills, USD; null until they are in.</param>
/// <param name="ReportedPnlUsd">By <c>trade.closed</c>, USD; null until it is in.</param>
/// <param name="AtMs">UTC epoch ms of the first of the two.</param>
internal sealed record SettlementState(decimal? OwnPnlUsd, decimal? ReportedPnlUsd, long AtMs);
