namespace Quantum.Backtest.Figures;

/// <summary>One fall of equity below its peak, until it was made up for.</summary>
/// <param name="DepthFraction">Peak minus trough over peak, 0 or more.</param>
/// <param name="DepthUsd">Peak minus trough, USD, 0 or more.</param>
/// <param name="PeakMs">UTC epoch ms.</param>
/// <param name="TroughMs">UTC epoch ms.</param>
/// <param name="EndMs">When the peak was reached again, or the run's end, UTC epoch ms.</param>
/// <param name="IsRecovered">False when the run ended below the peak.</param>
public sealed record Drawdown(
    double DepthFraction, double DepthUsd, long PeakMs, long TroughMs, long EndMs, bool IsRecovered)
{
    /// <summary>From the peak until it was reached again, or the run's end, ms.</summary>
    public long LengthMs => EndMs - PeakMs;
}
