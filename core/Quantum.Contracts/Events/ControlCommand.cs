namespace Quantum.Contracts.Events;

/// <summary>
/// An operator's word, on <c>governance.control</c>, from the HTTP surface or the CLI: governance follows it, the
/// market service the words of its feed, and the executor those about one position, each of which it ends with one
/// <c>execution.result</c> under the word's own id; a takeover shows as an adjustment.
/// </summary>
public readonly record struct ControlCommand : ICheckedEvent
{
    public required ControlAction Command { get; init; }

    /// <summary>The mode of <c>set_mode</c>; the other commands have none.</summary>
    public RiskMode? RiskMode { get; init; }

    /// <summary>Whose position <c>adopt</c>, <c>close</c>, <c>move_stop</c> are about; the others have none.</summary>
    public Symbol? Symbol { get; init; }

    /// <summary>The position that was meant, by the executor's id; null is whichever is open then.</summary>
    public string? PositionId { get; init; }

    /// <summary>Where <c>move_stop</c> puts the resting stop, quote currency; the others have none.</summary>
    public decimal? StopPrice { get; init; }

    /// <summary>Why, in the operator's words.</summary>
    public required string Reason { get; init; }

    /// <summary>Who asked.</summary>
    public required string By { get; init; }

    public string? Fault() => this switch
    {
        // A stop is never refused for its form; what lets trading go on is a person's, who says why.
        { Command: ControlAction.KillOff or ControlAction.Reset } when string.IsNullOrWhiteSpace(Reason) =>
            $"reason is empty: {WireNames.Of(Command)} says why",
        { Command: ControlAction.KillOff or ControlAction.Reset } when string.IsNullOrWhiteSpace(By) =>
            $"by is empty: {WireNames.Of(Command)} says who",
        { Command: ControlAction.SetMode, RiskMode: null } => "risk_mode is empty: set_mode names the mode",
        { Symbol: null } when IsOfExecutor() => $"symbol is empty: {WireNames.Of(Command)} names the position",
        { Command: ControlAction.MoveStop, StopPrice: null } =>
            "stop_price is empty: move_stop names the new price of the stop",
        _ => Prices.Fault("stop_price", StopPrice),
    };

    /// <summary>True when the market service follows it, and governance does not.</summary>
    public bool IsOfFeed() => Command is ControlAction.FeedPause or ControlAction.FeedResume;

    /// <summary>True when the executor follows it, and governance does not.</summary>
    public bool IsOfExecutor() => Command is ControlAction.Adopt or ControlAction.Close or ControlAction.MoveStop;

    /// <summary>Why it cannot be followed in a mode, with the mend; null when it can.</summary>
    public string? RefusalIn(TradingMode mode) => IsOfFeed() && mode.IsReal()
        ? $"in mode {WireNames.Of(mode)} the market is the venue's, which nobody can pause: to stop trading, use the "
            + "kill switch (./quantum kill on --reason …) or close everything (./quantum flatten --reason … --yes)."
        : null;
}
