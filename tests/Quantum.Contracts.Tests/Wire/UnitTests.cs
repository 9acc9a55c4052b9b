using System.Text;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Tests.Wire;

public class UnitTests
{
    [Theory]
    [InlineData("1766219478937-0", 1766219478937, 0)]
    [InlineData("1766219478937-42", 1766219478937, 42)]
    [InlineData("5", 5, 0)]
    [InlineData("0-0", 0, 0)]
    [InlineData("9223372036854775807-9223372036854775807", long.MaxValue, long.MaxValue)]
    public void Entry_ids_are_read(string text, long ms, long sequence)
    {
        Assert.Equal(new EntryId(ms, sequence), EntryId.Parse(text));
        Span<byte> room = stackalloc byte[39];
        var written = EntryId.Parse(text).Format(room);
        Assert.Equal($"{ms}-{sequence}", Encoding.ASCII.GetString(room[..written]));
        Assert.Equal($"{ms}-{sequence}", EntryId.Parse(text).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("-1-0")]
    [InlineData("-0")]
    [InlineData("+1-0")]
    [InlineData("1-")]
    [InlineData("1--1")]
    [InlineData("1-+1")]
    [InlineData("1-0-0")]
    [InlineData("1 -0")]
    [InlineData("$")]
    [InlineData("9223372036854775808-0")]
    public void What_is_no_entry_id_is_refused(string text) =>
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => EntryId.Parse(text)).Message);

    [Fact]
    public void Entry_ids_are_ordered_by_ms_then_sequence()
    {
        Assert.True(new EntryId(1, 9) < new EntryId(2, 0));
        Assert.True(new EntryId(2, 1) > new EntryId(2, 0));
        Assert.True(EntryId.Zero <= new EntryId(0, 0));
        Assert.Equal(new EntryId(7, 4), new EntryId(7, 3).Next());
        Assert.Equal(new EntryId(8, 0), new EntryId(7, long.MaxValue).Next());
    }

    [Theory]
    [InlineData("X")]
    [InlineData("btcusdt")]
    [InlineData("BTC-USDT")]
    [InlineData("BTCUSDT ")]
    [InlineData("")]
    [InlineData("äBC")]
    [InlineData("BTC\u001b[31m")]
    [InlineData("BTC\u202eTDSU")]
    [InlineData("BTC\u200bUSDT")]
    [InlineData("BTC\u00a0USDT")]
    [InlineData("\u0301BTC")]
    [InlineData("🚀USDT")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一二三四五")]
    public void What_is_no_symbol_is_refused(string text)
    {
        Assert.False(Symbol.TryParse(text, out _));
        Assert.False(Symbol.TryParse(Encoding.UTF8.GetBytes(text), out _));
        Assert.Throws<FormatException>(() => Symbol.Parse(text));
    }

    [Theory]
    [InlineData("币安人生USDT")]
    [InlineData("ÄBC")]
    [InlineData("ΑΒΓUSDT")]
    [InlineData("ラーメンUSDT")]
    [InlineData("हिन्दीUSDT")]
    [InlineData("𠮷野USDT")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十USDT")]
    public void Symbols_are_taken_in_any_script(string text)
    {
        Assert.True(Symbol.TryParse(text, out var symbol));
        Assert.Equal(text, symbol.Name);
        Assert.True(Symbol.TryParse(Encoding.UTF8.GetBytes(text), out var fromBytes));
        Assert.Equal(symbol, fromBytes);
    }

    [Fact]
    public void Half_a_character_is_no_symbol()
    {
        Assert.False(Symbol.TryParse("BTC\ud842", out _));
        Assert.False(Symbol.TryParse([(byte)'B', (byte)'T', 0xE5, 0xB8], out _));
    }

    [Fact]
    public void Symbols_are_compared_by_text()
    {
        Assert.True(Symbol.TryParse("1000PEPEUSDT"u8, out var fromBytes));
        Assert.Equal(Symbol.Parse("1000PEPEUSDT"), fromBytes);
        Assert.Equal(Symbol.Parse("1000PEPEUSDT").GetHashCode(), fromBytes.GetHashCode());
        Assert.True(Symbol.Parse("AAUSDT") < Symbol.Parse("ABUSDT"));
        Assert.True(default(Symbol).IsEmpty);
        Assert.NotEqual(default, fromBytes);
    }

    [Theory]
    [InlineData("PositionSizeUsd", "position_size_usd")]
    [InlineData("High24hPrice", "high_24h_price")]
    [InlineData("TS", "t_s")]
    public void Names_become_snake_case(string name, string wire) => Assert.Equal(wire, WireNames.ToSnakeCase(name));

    [Fact]
    public void Enums_are_read_in_any_case_and_refused_by_number()
    {
        Assert.True(EnumText<Side>.TryParse("buy"u8, out var side));
        Assert.Equal(Side.Buy, side);
        Assert.False(EnumText<Side>.TryParse("0"u8, out _));
        Assert.False(EnumText<Side>.TryParse(""u8, out _));
        Assert.Equal("partially_filled", EnumText<Outcome>.Name(Outcome.PartiallyFilled));
        Assert.Throws<ArgumentOutOfRangeException>(() => EnumText<Side>.Name((Side)9));
    }

    [Fact]
    public void Sides_turn_into_each_other()
    {
        foreach (var side in Enum.GetValues<Side>())
        {
            Assert.Equal(side, side.ToPositionSide().EntrySide());
            Assert.Equal(side.Opposite(), side.ToPositionSide().ExitSide());
            Assert.Equal(side.Sign(), side.ToPositionSide().Sign());
            Assert.Equal(0, side.Sign() + side.Opposite().Sign());
        }
    }
}
