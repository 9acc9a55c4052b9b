using Quantum.Feeds.Files;

namespace Quantum.Feeds.Recorded;

/// <summary>A part of a recording whose form is known.</summary>
/// <param name="Part">Where it is.</param>
/// <param name="Form">What it holds.</param>
/// <param name="Symbol">Whose; null when each of its rows says that.</param>
internal sealed record TapeFile(TapePart Part, TapeForm Form, Symbol? Symbol)
{
    /// <summary>True for trades, quotes and what else comes by itself and not in candles.</summary>
    public bool IsTicks => Form is not (TapeForm.Candles or TapeForm.MarkCandles or TapeForm.Funding);

    /// <summary>True when each row or frame names its symbol.</summary>
    public static bool NamesSymbols(TapeForm form) =>
        form is TapeForm.Archive or TapeForm.Capture or TapeForm.TardisTrades or TapeForm.TardisBook
            or TapeForm.TardisTicker;
}

/// <summary>A part of a recording that is not played.</summary>
/// <param name="Part">Where it is.</param>
/// <param name="Reason">Why, with the mend: one line.</param>
/// <param name="IsFault">True when it would have been asked for, so that the start refuses.</param>
internal sealed record UnusedFile(TapePart Part, string Reason, bool IsFault);
