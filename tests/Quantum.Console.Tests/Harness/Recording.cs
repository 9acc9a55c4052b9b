using System.Globalization;
using System.Text;

namespace Quantum.Console.Tests.Harness;

/// <summary>Minute candles that go up and down, as a recording from 2025-12-01 on.</summary>
internal static class Recording
{
    private const long FromMs = 1_764_547_200_000;

    public static void Write(string folder, string symbol, int days)
    {
        Directory.CreateDirectory(folder);
        var text = new StringBuilder("timestamp,open,high,low,close,volume\n");
        var (open, state) = (2.5, 12345u);
        for (var i = 0; i < days * 1_440; i++)
        {
            state = state * 1_664_525u + 1_013_904_223u;
            var close = open * (1 + 0.0012 * Math.Sin(i / 37.0) + ((state >> 8) / (double)(1 << 24) - 0.5) * 0.003);
            text.Append(CultureInfo.InvariantCulture,
                $"{FromMs + i * 60_000L},{open:0.0000},{Math.Max(open, close) * 1.0005:0.0000},"
                + $"{Math.Min(open, close) * 0.9995:0.0000},{close:0.0000},{5_000 + state % 3_000}\n");
            open = close;
        }

        File.WriteAllText(Path.Combine(folder, $"{symbol}-1m.csv"), text.ToString());
    }
}
