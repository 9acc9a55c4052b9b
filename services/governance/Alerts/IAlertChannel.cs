namespace Quantum.Governance.Alerts;

/// <summary>A way to tell people or programs.</summary>
public interface IAlertChannel
{
    /// <summary>For logs and metrics.</summary>
    string Name { get; }

    /// <summary>Sends it, with retries; never throws but when cancelled.</summary>
    Task<AlertOutcome> SendAsync(Alert alert, CancellationToken cancel);
}

/// <summary>What became of it.</summary>
/// <param name="State">Whether it arrived.</param>
/// <param name="Why">Why not, with what mends it, and never a secret; empty when it arrived.</param>
/// <param name="Pause">How long the other side asks to be left alone; null when it says nothing.</param>
public sealed record AlertOutcome(AlertState State, string Why = "", TimeSpan? Pause = null)
{
    public static AlertOutcome Delivered { get; } = new(AlertState.Delivered);
}

/// <summary>Delivered, to be tried again later, or refused for good.</summary>
public enum AlertState { Delivered, Later, Refused }
