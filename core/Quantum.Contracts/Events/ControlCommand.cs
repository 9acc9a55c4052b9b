using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Events;

/// <summary>
/// An operator's word, on <c>governance.control</c>, from the HTTP surface or the CLI: governance follows it, the
/// market service the words of its feed, and the executor takes over the positions that it names.
/// </summary>
public readonly record struct ControlCommand : ICheckedEvent
{
    public required ControlAction Command { get; init; }

    /// <summary>The mode of <c>set_mode</c>; the other commands have none.</summary>
    public RiskMode? RiskMode { get; init; }

    /// <summary>Whose position <c>adopt</c> takes over; the other commands have none.</summary>
    public Symbol? Symbol { get; init; }

    /// <summary>Why, in the operator's words.</summary>
    public required string Reason { get; init; }

    /// <summary>Who asked.</summary>
    public required string By { get; init; }

    public string? Fault() => this switch
    {
        { Command: ControlAction.SetMode, RiskMode: null } => "risk_mode is empty: set_mode names the mode",
        { Command: ControlAction.Adopt, Symbol: null } => "symbol is empty: adopt names the position",
        _ => null,
    };

    /// <summary>True when the market service follows it, and governance does not.</summary>
    public bool IsOfFeed() => Command is ControlAction.FeedPause or ControlAction.FeedResume;

    /// <summary>Why it cannot be followed in a mode, with the mend; null when it can.</summary>
    public string? RefusalIn(TradingMode mode) => IsOfFeed() && mode.IsReal()
        ? $"in mode {WireNames.Of(mode)} the market is the venue's, which nobody can pause: to stop trading, use the "
            + "kill switch (./quantum kill on) or close everything (./quantum flatten)."
        : null;
}
