using System.Text;
using FsCheck.Xunit;
using Quantum.Resp;

namespace Quantum.Resp.Tests;

/// <summary>The text of names that are bytes: shown without harm, each for one name only.</summary>
public sealed class NameTextTests
{
    [Theory]
    [InlineData("quantum:stream:trade.intent", "quantum:stream:trade.intent")]
    [InlineData("two words", "two words")]
    [InlineData(" ends ", @"\x20ends\x20")]
    [InlineData("", "''")]
    [InlineData("''", @"\x27'")]
    [InlineData("it's \"x\"", "it's \"x\"")]
    [InlineData(@"a\b", @"a\\b")]
    [InlineData("a\nb\r\t", @"a\nb\r\t")]
    [InlineData("\u001b[31mred", @"\x1b[31mred")]
    [InlineData("\u009b31m", @"\xc2\x9b31m")] // a terminal's escape in one byte
    [InlineData("abc\u202Egpj", @"abc\xe2\x80\xaegpj")] // turns the line around
    [InlineData("zero\u200bwidth", @"zero\xe2\x80\x8bwidth")]
    [InlineData("no\u00a0break", @"no\xc2\xa0break")]
    [InlineData("данные🚀", "данные🚀")]
    public void Names_are_shown_without_harm(string name, string text)
    {
        Assert.Equal(text, NameText.Of(Encoding.UTF8.GetBytes(name)));
        Assert.Equal(name, Encoding.UTF8.GetString(NameText.Bytes(text)));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_escaped_one_by_one()
    {
        byte[] name = [.. "a"u8, 0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80, 0];
        Assert.Equal(@"a\xff\xc3(\xed\xa0\x80\x00", NameText.Of(name));
        Assert.Equal(name, NameText.Bytes(NameText.Of(name)));
    }

    [Property(MaxTest = 2000)]
    public void Any_bytes_come_back_and_nothing_of_their_text_moves_a_cursor(byte[] name)
    {
        var text = NameText.Of(name);
        Assert.Equal(name, NameText.Bytes(text));
        Assert.DoesNotContain(text, char.IsControl);
        Assert.DoesNotContain(NameText.Shown(name), char.IsControl);
    }

    [Theory]
    [InlineData(@"a\")]
    [InlineData(@"\x1")]
    [InlineData(@"\q")]
    public void What_is_no_text_of_a_name_is_refused(string text) =>
        Assert.Throws<FormatException>(() => NameText.Bytes(text));
}
