using System.Text;
using FsCheck;
using FsCheck.Xunit;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog.Resp;
using Xunit;

namespace Quantum.EventLog.Tests.Resp;

public sealed class StreamEntryTests
{
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

    [Property(MaxTest = 200)]
    public void A_codec_sees_the_fields_as_they_were_written(NonNull<string>[] texts)
    {
        var names = texts.Select((text, i) => Encoding.UTF8.GetBytes(i + text.Get)).ToArray();
        var writer = new RespWriter(1 << 20);
        writer.WriteArrayHeader(2 * names.Length + 1);
        foreach (var name in names)
        {
            writer.WriteBulk(name);
            writer.WriteBulk(name.AsSpan(1));
        }

        writer.WriteBulk("end"u8);
        var bare = writer.Written[(writer.Written.IndexOf((byte)'\n') + 1)..^"$3\r\nend\r\n".Length];
        byte[] fields = [.. Encoding.ASCII.GetBytes($"*{2 * names.Length}\r\n"), .. bare];
        byte[] reply = [.. "*1\r\n*2\r\n$3\r\n7-7\r\n"u8, .. fields];
        Assert.True(new RespScanner(RespLimits.Default).Scan(reply));
        var entries = StreamEntryReader.OverEntries(new RespReader(reply));
        Assert.True(entries.NextEntry());
        var scratch = new FieldSlice[1];
        var read = entries.ReadFields(ref scratch);
        Assert.Equal(names.Length, read.Count);
        for (var i = 0; i < names.Length; i++)
        {
            Assert.True(read.Name(i).SequenceEqual(names[i]));
            Assert.True(read.Value(i).SequenceEqual(names[i].AsSpan(1)));
        }

        Assert.False(entries.NextField(out _, out _));
        Assert.False(entries.NextEntry());
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
