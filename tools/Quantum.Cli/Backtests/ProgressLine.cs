using Quantum.Backtest.Running;
using Quantum.Backtest.Sweeps;

namespace Quantum.Cli.Backtests;

/// <summary>
/// One line on standard error that says how far a run is, only on a terminal; for programs a JSON line now and then.
/// </summary>
internal sealed class ProgressLine(bool isJson = false) : IDisposable
{
    private readonly bool _isOn = !Console.IsErrorRedirected;
    private int _width;

    /// <summary>Tells something that stays, above the line.</summary>
    public void Note(string text)
    {
        End();
        Console.Error.WriteLine($"quantum: {text}");
    }

    public void Show(BacktestProgress now)
    {
        if (isJson)
        {
            Console.Error.WriteLine(JsonText.Line(new
            {
                now.AtMs, Done = now.DoneFraction, now.Candles, CandlesPerS = Math.Round(now.CandlesPerSecond),
                LeftS = now.Left is { } left ? Math.Round(left.TotalSeconds, 1) : (double?)null,
            }));
            return;
        }

        if (!_isOn) return;
        Show(string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTimeOffset.FromUnixTimeMilliseconds(now.AtMs):yyyy-MM-dd HH:mm}Z  {now.DoneFraction,4:P0}  "
            + $"{now.Candles:N0} candles, {now.CandlesPerSecond:N0}/s{Said(now.Left)}"));
    }

    public void Show(SweepProgress now)
    {
        if (!_isOn) return;
        Show(string.Create(CultureInfo.InvariantCulture, $"{now.Done:N0} of {now.Total:N0} runs{Said(now.Left)}"));
    }

    /// <summary>Takes the line away.</summary>
    public void End()
    {
        if (_width == 0) return;
        Console.Error.Write('\r' + new string(' ', _width) + '\r');
        _width = 0;
    }

    public void Dispose() => End();

    /// <summary>Writes the line anew.</summary>
    public void Show(string text)
    {
        if (!_isOn) return;
        Console.Error.Write('\r' + text.PadRight(_width));
        _width = text.Length;
    }

    private static string Said(TimeSpan? left) => left is { } time
        ? string.Create(CultureInfo.InvariantCulture, $", {(int)time.TotalHours:00}:{time:mm\\:ss} left")
        : "";
}
