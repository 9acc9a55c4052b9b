using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using StackExchange.Redis;
using Xunit;

namespace Quantum.Compat.Redis.Tests;

public sealed class RespReaderTests
{
    private const string Sample =
        "*5\r\n$5\r\nhello\r\n:-42\r\n+OK\r\n$-1\r\n*2\r\n-ERR no\r\n*-1\r\n$0\r\n\r\n:7\r\n";

    [Fact]
    public async Task A_reply_split_at_any_byte_reads_the_same()
    {
        var bytes = Encoding.ASCII.GetBytes(Sample);
        for (var split = 1; split < bytes.Length; split++)
        {
            var reader = new RespReader(new SlicedStream(bytes, split));
            var first = (RedisResult[])(await reader.ReadAsync(default))!;
            Assert.Equal("hello", (string?)first[0]);
            Assert.Equal(-42, (long)first[1]);
            Assert.Equal("OK", (string?)first[2]);
            Assert.True(first[3].IsNull);
            var inner = (RedisResult[])first[4]!;
            Assert.Equal("ERR no", Assert.Throws<RedisServerException>(() => (string?)inner[0]).Message);
            Assert.True(inner[1].IsNull);
            Assert.Equal("", (string?)await reader.ReadAsync(default));
            Assert.Equal(7, (long)await reader.ReadAsync(default));
        }
    }

    [Fact]
    public async Task One_byte_at_a_time_reads_the_same()
    {
        var reader = new RespReader(new SlicedStream(Encoding.ASCII.GetBytes(Sample), 1, always: true));
        Assert.Equal(5, ((RedisResult[])(await reader.ReadAsync(default))!).Length);
    }

    [Fact]
    public async Task An_announced_length_is_not_believed_before_the_bytes_are_there()
    {
        var reader = new RespReader(new MemoryStream("$536870912\r\nabc"u8.ToArray()));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = await Assert.ThrowsAsync<RedisConnectionException>(() => reader.ReadAsync(default).AsTask());
        Assert.Equal(ConnectionFailureType.SocketClosed, error.FailureType);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * 1024 * 1024);
    }

    [Property(MaxTest = 3000)]
    public Property Random_bytes_are_read_or_refused_and_never_anything_else()
    {
        // Mostly bytes that mean something to the protocol, or the reader would stop at the first one.
        var bytes = Gen.Elements("*$:+-0123459\r\n\r\n\r\nab\0\u00ff".Select(c => (byte)c).ToArray());
        return Prop.ForAll(Arb.From(bytes.ArrayOf()), data =>
        {
            var reader = new RespReader(new SlicedStream(data, 1 + (data.Length / 3), always: true));
            try
            {
                while (true)
                    _ = reader.ReadAsync(default).AsTask().GetAwaiter().GetResult().ToString();
            }
            catch (RedisConnectionException)
            {
                return true;
            }
        });
    }

    /// <summary>Gives its bytes in slices of this size, or the first slice and then the rest.</summary>
    private sealed class SlicedStream(byte[] bytes, int slice, bool always = false) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var limit = always || Position == 0 ? Math.Min(slice, buffer.Length) : buffer.Length;
            return base.ReadAsync(buffer[..limit], cancellationToken);
        }
    }
}
