namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a command is shown and when it can be given.</summary>
public class CommandOptions
{
    /// <summary>What people read about it.</summary>
    public string? Description { get; set; }

    /// <summary>The question asked first.</summary>
    public string? ConfirmationMessage { get; set; }

    /// <summary>The name of its icon.</summary>
    public string? IconName { get; set; }

    /// <summary>The look of its icon.</summary>
    public IconVariant? IconVariant { get; set; }

    /// <summary>Whether it is shown first.</summary>
    public bool IsHighlighted { get; set; }

    /// <summary>Whether it can be given now; null means always.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState>? UpdateState { get; set; }
}

/// <summary>The look of an icon.</summary>
public enum IconVariant
{
    Regular,
    Filled,
}
