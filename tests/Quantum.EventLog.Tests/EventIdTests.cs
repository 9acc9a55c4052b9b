using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.EventLog.Tests;

public class EventIdTests
{
    private static readonly EntryId Id = new(1_766_552_540_000, 7);

    [Fact]
    public void An_output_is_named_by_its_input_role_and_number()
    {
        Assert.Equal("kline-1.ai_engine.0", EventIds.Output("kline-1"u8, "ai_engine", 0));
        Assert.Equal("kline-1.ai_engine.12", EventIds.Output("kline-1"u8, "ai_engine", 12));
    }

    [Fact]
    public void Ids_stay_bounded_and_different_however_long_the_chain()
    {
        var seen = new HashSet<string>();
        foreach (var start in (string[])["a", "b"])
        {
            var id = start;
            for (var step = 0; step < 50; step++)
            {
                id = EventIds.Output(Encoding.UTF8.GetBytes(id), "trading_bot", step % 3);
                Assert.InRange(id.Length, 1, EventIds.Longest);
                Assert.EndsWith($".trading_bot.{step % 3}", id);
                Assert.True(seen.Add(id), id);
            }
        }
    }

    [Fact]
    public void The_limit_is_exact_and_the_hash_a_fixed_text()
    {
        var fits = new string('x', 92);
        Assert.Equal(fits + ".r.0", EventIds.Output(Encoding.UTF8.GetBytes(fits), "r", 0));
        var tooLong = EventIds.Output(Encoding.UTF8.GetBytes(fits + "x"), "r", 0);
        Assert.Equal(26 + 4, tooLong.Length);
        Assert.Equal(tooLong, EventIds.Output(Encoding.UTF8.GetBytes(fits + "x"), "r", 0));
        Assert.NotEqual(tooLong, EventIds.Output(Encoding.UTF8.GetBytes(fits + "y"), "r", 0));
        Assert.Equal(fits + ".r.9", EventIds.Output(Encoding.UTF8.GetBytes(fits), "r", 9));
        Assert.Equal(26 + 5, EventIds.Output(Encoding.UTF8.GetBytes(fits), "r", 10).Length);
    }

    [Theory]
    [InlineData("", "market.tick-1766552540000-7")]
    [InlineData("q03", "market.tick@q03-1766552540000-7")]
    public void A_tail_entry_is_named_by_its_place(string tag, string expected) =>
        Assert.Equal(expected, InputOf(StreamCatalog.MarketTick, tag, new FieldBuffer()));

    [Fact]
    public void An_entry_with_an_id_keeps_it_and_a_legacy_one_is_named_as_its_envelope_is()
    {
        var ours = new FieldBuffer();
        ours.Add("event_id"u8, "abc"u8);
        Assert.Equal("abc", InputOf(StreamCatalog.TradeClosed, "", ours));
        Assert.Equal("legacy-1766552540000-7", InputOf(StreamCatalog.TradeIntent, "", new FieldBuffer()));
        var foreign = new FieldBuffer();
        foreign.Add("event_id"u8, new byte[5000]);
        Assert.Equal(26, InputOf(StreamCatalog.TradeClosed, "", foreign).Length);
    }

    [Theory]
    [InlineData("", "clock-1766552540000")]
    [InlineData("q01", "clock-1766552540000@q01")]
    public void A_clock_reading_is_named_by_its_time(string tag, string expected)
    {
        var target = new byte[EventIds.Longest];
        Assert.Equal(expected, Encoding.UTF8.GetString(target, 0, EventIds.WriteClock(1_766_552_540_000, tag, target)));
    }

    private static string InputOf(EventStream stream, string tag, FieldBuffer fields)
    {
        var target = new byte[EventIds.Longest];
        return Encoding.UTF8.GetString(target, 0, EventIds.WriteInput(stream, tag, fields.Fields, Id, target));
    }
}
