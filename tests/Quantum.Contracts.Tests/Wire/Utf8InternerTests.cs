using System.Globalization;
using System.Text;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Tests.Wire;

public class Utf8InternerTests
{
    [Fact]
    public void From_the_second_meeting_on_it_is_the_same_string()
    {
        var interner = new Utf8Interner();
        Assert.Equal("BTCUSDT", interner.Intern("BTCUSDT"u8));
        var second = interner.Intern("BTCUSDT"u8);
        Assert.Same(second, interner.Intern("BTCUSDT"u8));
        Assert.Equal("", interner.Intern(default));
    }

    [Fact]
    public void Texts_met_once_take_no_room()
    {
        var interner = new Utf8Interner(64);
        for (var i = 0; i < 10_000; i++) interner.Intern(Bytes("id-" + i));
        Assert.Equal(0, interner.Count);
    }

    [Fact]
    public void It_stays_bounded_and_still_learns_when_full()
    {
        var interner = new Utf8Interner(64);
        for (var i = 0; i < 10_000; i++)
        {
            var text = "t" + i.ToString(CultureInfo.InvariantCulture);
            for (var again = 0; again < 3; again++) Assert.Equal(text, interner.Intern(Bytes(text)));
        }

        Assert.InRange(interner.Count, 1, 64);
        interner.Intern("late"u8);
        Assert.Same(interner.Intern("late"u8), interner.Intern("late"u8));
    }

    [Fact]
    public void Long_texts_are_never_kept()
    {
        var interner = new Utf8Interner(8);
        var text = Bytes(new string('x', 65));
        Assert.Equal(65, interner.Intern(text).Length);
        Assert.NotSame(interner.Intern(text), interner.Intern(text));
        Assert.Equal(0, interner.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Utf8Interner(7));
    }

    [Fact]
    public void Many_threads_always_get_the_right_text()
    {
        var interner = new Utf8Interner(32);
        var texts = Enumerable.Range(0, 200).Select(i => "S" + i.ToString(CultureInfo.InvariantCulture)).ToArray();
        var wrong = 0;
        Parallel.For(0, 8, worker =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                var text = texts[(i * 7 + worker) % texts.Length];
                if (interner.Intern(Bytes(text)) != text) Interlocked.Increment(ref wrong);
            }
        });
        Assert.Equal(0, wrong);
        Assert.InRange(interner.Count, 1, 32);
    }

    [Fact]
    public void A_hostile_symbol_leaves_nothing_behind()
    {
        var name = "HOSTILE" + Guid.NewGuid().ToString("N")[..12].ToUpperInvariant();
        Assert.True(Symbol.TryParse(new string(name), out var symbol));
        Assert.Equal(name, symbol.Name);
        Assert.Null(string.IsInterned(name));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
