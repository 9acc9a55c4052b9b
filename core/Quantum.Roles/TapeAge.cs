namespace Quantum.Roles;

/// <summary>
/// How old a fact may be on a tape, where the clock moves in steps of 1m candles and nothing comes between two of them.
/// </summary>
internal static class TapeAge
{
    private const long StepMs = 60_000;

    /// <summary>Of a price or a promise that each step renews: a step and a half, ms.</summary>
    public const long PriceMs = StepMs * 3 / 2;

    /// <summary>Of a signal, which is told with its candle or late: a sixth of a step, ms.</summary>
    public const long SignalMs = StepMs / 6;

    /// <summary>Of what the portfolio tells, a step behind the prices it comes from: three steps, ms.</summary>
    public const long PortfolioMs = StepMs * 3;
}
