namespace Quantum.Console.Backtests;

/// <summary>What somebody wants to be played, as typed.</summary>
public sealed record BacktestRequest
{
    /// <summary>One of the configured names.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Apart by commas; empty: all that the recording has.</summary>
    public string Symbols { get; init; } = "";

    /// <summary>ISO, UTC; empty: from the recording's begin.</summary>
    public string From { get; init; } = "";

    /// <summary>ISO, UTC; empty: to its end.</summary>
    public string To { get; init; } = "";

    /// <summary>One <c>Section:Name=value</c> a line.</summary>
    public string Settings { get; init; } = "";

    /// <summary>The names in <see cref="Symbols"/>.</summary>
    public IReadOnlyList<string> SymbolNames() =>
        Symbols.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The lines of <see cref="Settings"/>.</summary>
    public IReadOnlyList<string> Words() =>
        Settings.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What it is, in a few words.</summary>
    public string Title() => string.Join(' ', new[]
    {
        Symbols.Length > 0 ? Symbols : "all symbols", "of", Folder, From.Length > 0 ? "from " + From : "",
        To.Length > 0 ? "to " + To : "", string.Join(' ', Words()),
    }.Where(part => part.Length > 0));
}
