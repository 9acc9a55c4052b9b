using System.Text;
using FsCheck.Xunit;
using Quantum.EventLog.Resp;
using Xunit;

namespace Quantum.EventLog.Tests.Resp;

public sealed class StreamEntryTests
{
    [Property]
    public void An_id_reads_back(long ms, long seq)
    {
        var id = new StreamEntryId(ms & long.MaxValue, seq & long.MaxValue);
        Assert.True(StreamEntryId.TryParse(Encoding.ASCII.GetBytes(id.ToString()), out var read));
        Assert.Equal(id, read);
        var text = new byte[StreamEntryId.MaxTextBytes];
        Assert.Equal(id.ToString(), Encoding.ASCII.GetString(text, 0, id.Format(text)));
        Assert.Equal(id, StreamEntryId.Parse(id.ToString()));
    }

    [Property]
    public void Ids_order_like_their_numbers(ushort ms, ushort seq, ushort otherMs, ushort otherSeq)
    {
        var left = new StreamEntryId(ms, seq);
        var right = new StreamEntryId(otherMs, otherSeq);
        Assert.Equal((ms, seq).CompareTo((otherMs, otherSeq)) < 0, left < right);
        Assert.True(left < left.Next());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1-")]
    [InlineData("-1")]
    [InlineData("1-2-3")]
    [InlineData("1 -2")]
    [InlineData("+1-2")]
    [InlineData("9223372036854775808-0")]
    [InlineData("$")]
    public void What_is_no_id_is_refused(string text)
    {
        Assert.False(StreamEntryId.TryParse(Encoding.ASCII.GetBytes(text), out _));
        Assert.Contains(text, Assert.Throws<FormatException>(() => StreamEntryId.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_fields_and_trimmed_bodies_are_seen_also_when_left_unread()
    {
        const string reply =
            "*2\r\n*2\r\n$1\r\na\r\n*3\r\n" +
            "*2\r\n$3\r\n1-0\r\n*4\r\n$1\r\nf\r\n$1\r\nv\r\n$1\r\ng\r\n$0\r\n\r\n" +
            "*2\r\n$3\r\n2-0\r\n*-1\r\n" +
            "*2\r\n$3\r\n3-1\r\n$-1\r\n" +
            "*2\r\n$1\r\nb\r\n*1\r\n*2\r\n$3\r\n9-9\r\n*2\r\n$1\r\nx\r\n$1\r\ny\r\n";
        var bytes = Encoding.ASCII.GetBytes(reply);
        Assert.True(new RespScanner(RespLimits.Default).Scan(bytes));
        for (var fieldsRead = 0; fieldsRead <= 3; fieldsRead++)
        {
            for (var entriesRead = 0; entriesRead <= 4; entriesRead++)
            {
                var seen = new StringBuilder();
                var entries = StreamEntryReader.OverStreams(new RespReader(bytes));
                while (entries.NextStream(out var key))
                {
                    seen.Append(Encoding.ASCII.GetString(key)).Append(':');
                    for (var i = 0; i < entriesRead && entries.NextEntry(); i++)
                    {
                        seen.Append(entries.Id).Append(entries.HasBody ? '+' : '!').Append(entries.FieldCount);
                        for (var j = 0; j < fieldsRead && entries.NextField(out var name, out var value); j++)
                            seen.Append(Encoding.ASCII.GetString(name)).Append(Encoding.ASCII.GetString(value));
                        seen.Append(' ');
                    }
                }

                var f = (fieldsRead > 0 ? "fv" : "") + (fieldsRead > 1 ? "g" : "");
                string[] all = [$"1-0+2{f} ", "2-0!0 ", "3-1!0 "];
                var first = string.Concat(all.Take(entriesRead));
                var second = entriesRead > 0 ? "9-9+1" + (fieldsRead > 0 ? "xy" : "") + " " : "";
                Assert.Equal($"a:{first}b:{second}", seen.ToString());
            }
        }
    }

    [Theory]
    [InlineData("*-1\r\n")]
    [InlineData("$-1\r\n")]
    [InlineData("*0\r\n")]
    public void Nothing_in_time_is_no_streams(string reply)
    {
        var entries = StreamEntryReader.OverStreams(new RespReader(Encoding.ASCII.GetBytes(reply)));
        Assert.False(entries.NextStream(out _));
        Assert.False(entries.NextEntry());
    }
}
