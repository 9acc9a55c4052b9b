using System.Text;
using FsCheck.Xunit;
using Quantum.Resp;
using Xunit;

namespace Quantum.Resp.Tests;

public sealed class RespScannerTests
{
    [Fact]
    public void Fuzz_ends_in_complete_incomplete_or_refused_only()
    {
        var fuzz = new RespFuzz(seed: 20251224);
        for (var i = 0; i < 12_000; i++) fuzz.Case(i);
        Assert.True(fuzz.Complete > 4_000, "valid cases must complete");
        Assert.True(fuzz.Refused > 2_000, "damage must be refused at times");
        Assert.True(fuzz.Incomplete > 100, "truncation must be incomplete at times");
    }

    [Property(MaxTest = 300)]
    public void A_valid_reply_completes_at_its_last_byte_whatever_the_split(int seed)
    {
        var reply = new RespFuzz(seed).Reply();
        var scanner = new RespScanner(RespLimits.Default);
        for (var length = 0; length < reply.Length; length++)
        {
            // Grown byte by byte, and started anew at each split: both must agree.
            Assert.False(scanner.Scan(reply.AsSpan(0, length)));
            var fresh = new RespScanner(RespLimits.Default);
            Assert.False(fresh.Scan(reply.AsSpan(0, length)));
            Assert.True(fresh.Needed <= reply.Length);
            Assert.True(fresh.Scan(reply));
            Assert.Equal(reply.Length, fresh.Position);
        }

        Assert.True(scanner.Scan(reply));
        Assert.Equal(reply.Length, scanner.Position);
    }

    [Theory]
    [InlineData("$-2\r\n", "length -2")]
    [InlineData("*-5\r\n", "length -5")]
    [InlineData("$99999999999999999999\r\n", "64 bits")]
    [InlineData(":9223372036854775808\r\n", "64 bits")]
    [InlineData("$000000000000000000000000001\r\n", "too long")]
    [InlineData("$999999999999\r\n", "limit: bulk string")]
    [InlineData("*999999999\r\n", "limit: number of elements")]
    [InlineData(":\r\n", "number holds")]
    [InlineData(":-\r\n", "number holds")]
    [InlineData(":12a\r\n", "number holds")]
    [InlineData("$3\r\nabcd\r\n", "where its length says")]
    [InlineData("+no return\n", "carriage return")]
    [InlineData(":1\rx", "line feed")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n", "0x48")]
    [InlineData("\r\n", "0x0d")]
    public void Malformed_or_oversized_is_refused_with_a_clear_message(string bytes, string part)
    {
        var scanner = new RespScanner(RespLimits.Default);
        var error = Assert.Throws<RespProtocolException>(() => scanner.Scan(Encoding.Latin1.GetBytes(bytes)));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Smallest_and_largest_integers_pass()
    {
        foreach (var number in (long[])[long.MinValue, long.MaxValue, 0, -1])
        {
            var bytes = Encoding.ASCII.GetBytes($":{number}\r\n");
            Assert.True(new RespScanner(RespLimits.Default).Scan(bytes));
            Assert.Equal(number, new RespReader(bytes).ReadInteger());
        }
    }

    [Fact]
    public void Deep_nesting_is_refused_at_the_limit_and_not_before()
    {
        var limits = new RespLimits { MaxDepth = 4 };
        var fits = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("*1\r\n", 4)) + ":1\r\n");
        Assert.True(new RespScanner(limits).Scan(fits));
        var deep = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("*1\r\n", 100_000)));
        Assert.Throws<RespProtocolException>(() => new RespScanner(limits).Scan(deep));
    }

    [Fact]
    public void Many_small_arrays_count_together()
    {
        var limits = new RespLimits { MaxElements = 10 };
        var bytes = Encoding.ASCII.GetBytes("*4\r\n" + string.Concat(Enumerable.Repeat("*3\r\n:1\r\n:1\r\n:1\r\n", 4)));
        Assert.Throws<RespProtocolException>(() => new RespScanner(limits).Scan(bytes));
    }

    [Fact]
    public void An_endless_line_is_refused()
    {
        var bytes = Encoding.ASCII.GetBytes("+" + new string('x', 200));
        Assert.Throws<RespProtocolException>(() => new RespScanner(new RespLimits { MaxLineBytes = 100 }).Scan(bytes));
    }

    [Fact]
    public void A_reply_of_many_allowed_parts_passes_no_total_limit()
    {
        var limits = new RespLimits { MaxReplyBytes = 1_000 };
        var bytes = Encoding.ASCII.GetBytes("*200\r\n" + string.Concat(Enumerable.Repeat("$4\r\nabcd\r\n", 200)));
        var error = Assert.Throws<RespProtocolException>(() => new RespScanner(limits).Scan(bytes));
        Assert.Contains("limit: reply", error.Message, StringComparison.Ordinal);
    }
}
