using Quantum.Contracts.Events;

namespace Quantum.Roles.Executor.State;

/// <summary>The account as portfolio last told it.</summary>
internal sealed class KnownExposure
{
    public PortfolioExposure? Exposure { get; set; }

    /// <summary>UTC epoch ms of that exposure.</summary>
    public long AtMs { get; set; }
}
