using System.Text;
using FsCheck.Xunit;
using Quantum.Contracts.Units;
using Quantum.Resp;
using Xunit;

namespace Quantum.Resp.Tests;

public sealed class RespWriterTests
{
    [Property(MaxTest = 300)]
    public void What_is_written_reads_back(byte[][] arguments, long number, string text)
    {
        var writer = new RespWriter(1 << 20, 16);
        writer.WriteArrayHeader((arguments?.Length ?? 0) + 3);
        foreach (var argument in arguments ?? []) writer.WriteBulk(argument ?? []);
        writer.WriteBulk(number);
        writer.WriteBulk(text ?? "");
        writer.WriteBulk(new EntryId(Math.Abs(number % 1_000_000), 5));
        var bytes = writer.Written.ToArray();
        var scanner = new RespScanner(RespLimits.Default);
        Assert.True(scanner.Scan(bytes));
        Assert.Equal(bytes.Length, scanner.Position);
        var reader = new RespReader(bytes);
        Assert.Equal((arguments?.Length ?? 0) + 3, reader.ReadArray());
        foreach (var argument in arguments ?? []) Assert.Equal(argument ?? [], reader.ReadBytes().ToArray());
        Assert.Equal(number, reader.ReadInteger());
        Assert.Equal(Encoding.UTF8.GetBytes(text ?? ""), reader.ReadBytes().ToArray());
        Assert.Equal(new EntryId(Math.Abs(number % 1_000_000), 5), reader.ReadId());
        Assert.Equal(RespKind.End, reader.Next);
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(10, 9)]
    [InlineData(200, 0)]
    [InlineData(1_000, 99)]
    [InlineData(1_000, 100)]
    public void An_argument_encoded_in_place_keeps_its_bytes(int room, int used)
    {
        var writer = new RespWriter(1 << 16, 16);
        writer.WriteArrayHeader(2);
        var target = writer.BeginBulk(room);
        for (var i = 0; i < used; i++) target[i] = (byte)('a' + i % 26);
        writer.EndBulk(used);
        writer.WriteBulk("next"u8);
        var reader = new RespReader(writer.Written);
        Assert.Equal(2, reader.ReadArray());
        var read = reader.ReadBytes();
        Assert.Equal(used, read.Length);
        for (var i = 0; i < used; i++) Assert.Equal((byte)('a' + i % 26), read[i]);
        Assert.Equal("next", reader.ReadString());
    }

    [Fact]
    public void A_wrong_argument_count_is_refused_before_it_can_hang_the_server()
    {
        var writer = new RespWriter(1 << 16);
        writer.WriteArrayHeader(2);
        writer.WriteBulk("one"u8);
        Assert.Throws<InvalidOperationException>(() => writer.WriteArrayHeader(1));
        Assert.Throws<InvalidOperationException>(() => writer.Written.Length);
        writer.WriteBulk("two"u8);
        Assert.Throws<InvalidOperationException>(() => writer.WriteBulk("three"u8));
        Assert.Equal(1, writer.CommandCount);
    }

    [Fact]
    public void Growth_is_bounded_and_given_back()
    {
        var writer = new RespWriter(4 << 20, 1024);
        writer.WriteArrayHeader(1);
        writer.WriteBulk(new byte[3 << 20]);
        Assert.True(writer.Capacity >= 3 << 20);
        for (var i = 0; i < 40; i++)
        {
            writer.Reset();
            writer.WriteArrayHeader(1);
            writer.WriteBulk("PING"u8);
        }

        Assert.Equal(1024, writer.Capacity);
        writer.Reset();
        writer.WriteArrayHeader(1);
        Assert.Throws<InvalidOperationException>(() => writer.WriteBulk(new byte[5 << 20]));
    }
}
