namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a command ended.</summary>
public sealed class ExecuteCommandResult
{
    /// <summary>Whether it did what it should.</summary>
    public required bool Success { get; init; }

    /// <summary>Whether the operator gave it up.</summary>
    public bool Canceled { get; init; }

    /// <summary>What to tell the operator.</summary>
    public string? Message { get; init; }
}
