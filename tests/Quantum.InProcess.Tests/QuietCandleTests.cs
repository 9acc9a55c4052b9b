using System.Globalization;
using Quantum.Contracts.Units;
using Quantum.Feeds.Generated;
using Quantum.Instruments;

namespace Quantum.InProcess.Tests;

public sealed class QuietCandleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-quiet-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A long with its stop about one in a hundred below, and the market opens five below.</summary>
    [Theory]
    [InlineData("400000")]
    [InlineData("0")]
    public void A_gap_behind_a_candle_without_trades_is_a_gap(string volume)
    {
        string[] candles =
        [
            "100.1,100.2,100,100.1,400000", "100,100.1,99.9,100,400000", $"100,100,100,100,{volume}",
            "95,95.1,94.9,95,400000", "95,95.1,94.9,95,400000", "95,95.1,94.9,95,400000",
        ];
        File.WriteAllLines(
            Path.Combine(_folder, "NEARUSDT.csv"),
            ["timestamp,open,high,low,close,volume", .. candles.Select((candle, i) =>
                string.Create(CultureInfo.InvariantCulture, $"{MarketTape.StartMs + i * 60_000L},{candle}"))]);
        using var run = new CandleRun(_folder, (_, count) => count == 1 ? Side.Buy : null);
        Assert.True(Assert.Single(run.Stopped) < -5);
    }

    /// <summary>Else each fill of a made-up price would lose half a step of the book.</summary>
    [Fact]
    public void Generated_prices_stand_on_the_steps_of_the_built_in_book()
    {
        foreach (var known in GeneratedSymbol.Known)
        {
            var filters = InstrumentBook.BuiltIn.Filters.Find(known.Symbol)!;
            Assert.Equal(
                (known.Symbol, filters.TickSize, filters.StepSize),
                (known.Symbol, known.TickSize, known.QuantityStep));
        }
    }
}
