using Quantum.Resp;
using Quantum.Testing;
using Xunit;

namespace Quantum.Resp.Tests;

public sealed class RespScriptTests
{
    private static readonly RespScript s_push =
        new("redis.call('RPUSH', KEYS[1], ARGV[1]) return redis.call('LLEN', KEYS[1])");

    [Fact]
    public void A_script_is_loaded_when_the_server_lost_it()
    {
        using var server = RedisServer.Start();
        using var connection = RespConnection.Connect(RespEndpoint.Parse(server.ConnectionString));
        Assert.Equal(1, Push(connection, 0));
        Assert.Equal(2, Push(connection, 1));
        connection.Call("SCRIPT", "FLUSH").ThrowIfError();
        Assert.Equal(3, Push(connection, 2));
        Assert.Contains(
            ":1", System.Text.Encoding.ASCII.GetString(connection.Call("SCRIPT", "EXISTS", s_push.Sha1).Raw),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_pipeline_is_repeated_in_order_after_script_flush()
    {
        using var server = RedisServer.Start();
        using var connection = RespConnection.Connect(RespEndpoint.Parse(server.ConnectionString));
        for (var round = 0; round < 3; round++)
        {
            connection.Call("SCRIPT", "FLUSH").ThrowIfError();
            var writer = connection.BeginWrite();
            for (var i = 0; i < 50; i++) Write(writer, round * 50 + i);
            connection.Flush();
            for (var i = 0; i < 50; i++) Assert.Equal(round * 50 + i + 1, s_push.ReadReply(connection).ReadInteger());
            Assert.Equal(0, connection.PendingReplies);
        }

        var list = connection.Call("LRANGE", "l", "0", "-1");
        var count = list.ReadArray();
        Assert.Equal(150, count);
        for (var i = 0; i < count; i++) Assert.Equal(i, list.ReadInteger());
    }

    [Fact]
    public void When_a_repeat_would_change_the_order_the_connection_ends()
    {
        var calls = 0;
        using var fake = new FakeRedis(command =>
            command[0] == "EVALSHA" ? ++calls == 1 ? "-NOSCRIPT No matching script.\r\n" : ":1\r\n" : "");
        using var connection = RespConnection.Connect(RespEndpoint.Parse(fake.ConnectionString));
        var writer = connection.BeginWrite();
        for (var i = 0; i < 3; i++) Write(writer, i);
        connection.Flush();
        Assert.Throws<RespConnectionException>(() => s_push.ReadReply(connection));
        Assert.True(connection.IsBroken);
    }

    [Fact]
    public void With_more_written_meanwhile_noscript_is_given_and_load_mends_it()
    {
        using var server = RedisServer.Start();
        using var connection = RespConnection.Connect(RespEndpoint.Parse(server.ConnectionString));
        Write(connection.BeginWrite(), 0);
        connection.Flush();
        Write(connection.BeginWrite(), 1);
        connection.Flush();
        // The first call's bytes are gone from the writer, so it cannot be repeated.
        Assert.Equal(RespErrorCode.NoScript, s_push.ReadReply(connection).ErrorCode);
        Assert.Equal(1, s_push.ReadReply(connection).ReadInteger());
        Assert.Equal(2, Push(connection, 2));
    }

    private static long Push(RespConnection connection, long value)
    {
        Write(connection.BeginWrite(), value);
        connection.Flush();
        return s_push.ReadReply(connection).ReadInteger();
    }

    private static void Write(RespWriter writer, long value)
    {
        s_push.Begin(writer, keys: 1, arguments: 1);
        writer.WriteBulk("l"u8);
        writer.WriteBulk(value);
    }
}
