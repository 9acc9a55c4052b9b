using Quantum.Backtest.Figures;
using Quantum.Backtest.Results;
using Quantum.Backtest.Running;
using Quantum.Contracts.Events;

namespace Quantum.Backtest.Tests.Running;

/// <summary>Bars in blocks are, to the bit and in their places, the bars that were added.</summary>
public sealed class PackedBarsTests
{
    // Ends on a block's edge, behind it, within it; and alone.
    [Theory]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1_000)]
    public void What_was_added_comes_back_by_index_in_order_and_by_time(int count)
    {
        var (packed, plain) = Filled(count);
        Assert.Equal(plain, packed);
        // From behind, so that no read finds the block of the one before it.
        for (var i = count - 1; i >= 0; i -= 97) Assert.Equal(plain[i], packed[i]);
        for (var i = 0; i < count; i++)
        {
            for (var off = -1; off <= 1; off++)
            {
                var atMs = plain[i].OpenAtMs + off;
                Assert.Equal(HoldFigures.FirstAtOrAfter(plain, atMs), HoldFigures.FirstAtOrAfter(packed, atMs));
            }
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => packed[count]);
    }

    [Fact]
    public void A_minute_of_a_market_takes_a_quarter_of_what_it_takes_unpacked()
    {
        var (packed, chance, price) = (new PackedBars(), new Random(1), 3_150.00m);
        const int Minutes = 10_000;
        for (var minute = 0; minute < Minutes; minute++)
        {
            var kline = Kline(minute, price) with { High = price + chance.Next(300) * 0.01m };
            kline = kline with { Low = price - chance.Next(300) * 0.01m };
            kline = kline with { Close = price + chance.Next(-150, 150) * 0.01m };
            packed.Add(in kline);
            price = kline.Close;
        }

        packed.Finish();
        Assert.InRange(packed.Bytes / (double)Minutes, 1, 12);
    }

    [Fact]
    public void Bars_that_are_still_added_to_cannot_be_read()
    {
        var packed = new PackedBars();
        packed.Add(Kline(0, 1.5m));
        Assert.Throws<InvalidOperationException>(() => packed[0]);
    }

    private static (PackedBars Packed, List<Bar> Plain) Filled(int count)
    {
        var (packed, plain, chance) = (new PackedBars(), new List<Bar>(), new Random(count));
        for (var (i, minute) = (0, 0); i < count; i++, minute += chance.Next(10) == 0 ? chance.Next(1, 5_000) : 1)
        {
            // Other counts of decimals, and the longest that a decimal has.
            var price = i % 50 == 7
                ? 0.0000000000123456789012345678m
                : Math.Round((decimal)chance.NextDouble() * 9, i % 9);
            var kline = Kline(minute, price + 0.001m);
            packed.Add(in kline);
            plain.Add(new Bar(
                kline.OpenTimeMs, (double)kline.Open, (double)kline.High, (double)kline.Low, (double)kline.Close));
        }

        packed.Finish();
        return (packed, plain);
    }

    private static MarketKline Kline(int minute, decimal price) => new()
    {
        Symbol = Made.Btc, Interval = "1m", OpenTimeMs = Made.Start + minute * 60_000L,
        CloseTimeMs = Made.Start + (minute + 1) * 60_000L, Open = price, High = price * 1.01m, Low = price / 1.01m,
        Close = price + 0.00001m, Volume = 1,
    };
}
