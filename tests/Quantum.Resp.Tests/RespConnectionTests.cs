using System.Text;
using Quantum.Contracts.Units;
using Quantum.Resp;
using Quantum.Testing;
using Xunit;

namespace Quantum.Resp.Tests;

public sealed class RespConnectionTests
{
    [Fact]
    public void Password_database_and_name_arrive()
    {
        using var server = RedisServer.Start(new RedisServerOptions { Password = "s3cret" });
        var endpoint = RespEndpoint.Parse(server.ConnectionString + ",defaultDatabase=5,name=quantum-test");
        using var connection = RespConnection.Connect(endpoint);
        connection.Ping();
        var list = connection.Call("CLIENT", "LIST", "ID", connection.ClientId.ToString()).ReadString();
        Assert.Contains("name=quantum-test", list, StringComparison.Ordinal);
        Assert.Contains("db=5", list, StringComparison.Ordinal);
        Assert.Equal("noeviction", connection.ConfigGet("maxmemory-policy")["maxmemory-policy"]);
        Assert.Contains("redis_version:", connection.ServerInfo("server"), StringComparison.Ordinal);
        Assert.InRange(
            connection.TimeUs() / 1_000, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 60_000,
            DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 60_000);
    }

    [Fact]
    public void A_user_of_an_acl_gets_in()
    {
        using var server = RedisServer.Start(new RedisServerOptions { Password = "s3cret" });
        using var admin = RespConnection.Connect(RespEndpoint.Parse(server.ConnectionString));
        admin.Call("ACL", "SETUSER", "trader", "on", ">pw", "~*", "+@all", "-flushall").ThrowIfError();
        using var connection = RespConnection.Connect(
            RespEndpoint.Parse($"127.0.0.1:{server.Port},user=trader,password=pw"));
        Assert.Equal("trader", connection.Call("ACL", "WHOAMI").ReadString());
        Assert.Equal(RespErrorCode.NoPermission, connection.Call("FLUSHALL").ErrorCode);
    }

    [Theory]
    [InlineData(",password=wrong", RespErrorCode.WrongPass, "password=")]
    [InlineData("", RespErrorCode.NoAuth, "password=")]
    public void A_wrong_or_missing_password_is_named_with_its_mend(string option, RespErrorCode code, string mend)
    {
        using var server = RedisServer.Start(new RedisServerOptions { Password = "s3cret" });
        var endpoint = RespEndpoint.Parse($"127.0.0.1:{server.Port}{option}");
        var error = Assert.Throws<RespServerException>(() => RespConnection.Connect(endpoint));
        Assert.Equal(code, error.Code);
        Assert.Contains(mend, error.Message, StringComparison.Ordinal);
        // The reconnecting owner must not try a wrong password for ever.
        using var client = new RespClient(endpoint);
        Assert.Throws<RespServerException>(() => client.Get());
    }

    [Fact]
    public void A_database_out_of_range_is_the_servers_error()
    {
        using var server = RedisServer.Start();
        var endpoint = RespEndpoint.Parse(server.ConnectionString + ",defaultDatabase=99");
        var error = Assert.Throws<RespServerException>(() => RespConnection.Connect(endpoint));
        Assert.Contains("out of range", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tls_checks_root_and_host()
    {
        using var server = RedisServer.Start(new RedisServerOptions { Tls = true, Password = "pw" });
        var endpoint = RespEndpoint.Parse(server.ConnectionString);
        using (var connection = RespConnection.Connect(endpoint with { TrustedRoots = server.TrustedRoots }))
        {
            connection.Ping();
            var big = new string('x', 1_000_000);
            connection.Call("SET", "k", big).ThrowIfError();
            Assert.Equal(big, connection.Call("GET", "k").ReadString());
        }

        var untrusted = Assert.Throws<RespConnectionException>(() => RespConnection.Connect(endpoint));
        Assert.Contains("not trusted", untrusted.Message, StringComparison.Ordinal);
        var otherHost = endpoint with { TrustedRoots = server.TrustedRoots, TlsHost = "other.host" };
        Assert.Throws<RespConnectionException>(() => RespConnection.Connect(otherHost));
        var plain = Assert.Throws<RespConnectionException>(() =>
            RespConnection.Connect(endpoint with { UseTls = false }));
        Assert.Contains("ssl=true", plain.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tls_to_a_plain_server_says_so()
    {
        using var server = RedisServer.Start();
        var endpoint = RespEndpoint.Parse(server.ConnectionString + ",ssl=true,connectTimeout=3000");
        var error = Assert.ThrowsAny<RespException>(() => RespConnection.Connect(endpoint));
        Assert.Contains("ssl=true", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_listening_is_said_at_once()
    {
        var error = Assert.Throws<RespConnectionException>(
            () => RespConnection.Connect(RespEndpoint.Parse($"127.0.0.1:{RedisServer.FreePort()}")));
        Assert.Contains("nothing listens", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipeline_is_answered_in_order_and_read_back()
    {
        using var server = RedisServer.Start();
        using var connection = RespConnection.Connect(RespEndpoint.Parse(server.ConnectionString));
        var ids = new List<EntryId>();
        var writer = connection.BeginWrite();
        for (var i = 0; i < 500; i++)
        {
            writer.BeginXAdd("s"u8, 2);
            writer.WriteBulk("n"u8);
            writer.WriteBulk(i);
            writer.WriteBulk("empty"u8);
            writer.WriteBulk(""u8);
        }

        connection.Flush();
        Assert.Equal(500, connection.PendingReplies);
        while (connection.PendingReplies > 0) ids.Add(connection.ReadEntryId());
        Assert.True(ids.SequenceEqual(ids.Order()));
        Assert.Equal(500, connection.XLen("s"u8));

        Assert.True(connection.XGroupCreate("s"u8, "g"u8));
        Assert.False(connection.XGroupCreate("s"u8, "g"u8));
        var read = 0;
        var batch = new List<EntryId>();
        while (read < 500)
        {
            var entries = connection.ReadGroup("s"u8, "g"u8, "own"u8, 100);
            Assert.True(entries.NextStream(out var key));
            Assert.True(key.SequenceEqual("s"u8));
            while (entries.NextEntry())
            {
                Assert.Equal(ids[read], entries.Id);
                Assert.Equal(2, entries.FieldCount);
                Assert.True(entries.NextField(out var name, out var value));
                Assert.True(name.SequenceEqual("n"u8));
                Assert.Equal(read.ToString(), Encoding.ASCII.GetString(value));
                batch.Add(entries.Id);
                read++;
            }
        }

        Assert.Equal(500, connection.XAck("s"u8, "g"u8, batch.ToArray()));
        Assert.Equal(0, connection.XAck("s"u8, "g"u8, batch.ToArray()));
    }

    [Fact]
    public void Pending_but_trimmed_entries_come_with_their_id_and_no_body()
    {
        using var server = RedisServer.Start();
        using var connection = RespConnection.Connect(RespEndpoint.Parse(server.ConnectionString));
        connection.XGroupCreate("s"u8, "g"u8);
        for (var i = 0; i < 3; i++) connection.Call("XADD", "s", $"{i + 1}-0", "f", "v").ThrowIfError();
        Assert.True(connection.ReadGroup("s"u8, "g"u8, "own"u8, 10).NextStream(out _));
        connection.BeginWrite().XTrimBelow("s"u8, new EntryId(3, 0));
        connection.Flush();
        Assert.Equal(2, connection.ReadReply().ReadInteger());
        var pending = connection.ReadGroup("s"u8, "g"u8, "own"u8, 10, pendingAfter: EntryId.Zero);
        Assert.True(pending.NextStream(out _));
        var seen = new List<(EntryId, bool)>();
        while (pending.NextEntry()) seen.Add((pending.Id, pending.HasBody));
        Assert.Equal([(new(1, 0), false), (new(2, 0), false), (new(3, 0), true)], seen);
    }

    [Fact]
    public void A_reader_blocked_on_a_group_that_goes_is_told()
    {
        using var server = RedisServer.Start();
        var endpoint = RespEndpoint.Parse(server.ConnectionString);
        using var admin = RespConnection.Connect(endpoint);
        foreach (var (how, code) in (((string, string)[], RespErrorCode)[])
            [([("DEL", "s")], RespErrorCode.Unblocked), ([("XGROUP", "DESTROY s g")], RespErrorCode.NoGroup)])
        {
            admin.XGroupCreate("s"u8, "g"u8);
            using var reader = RespConnection.Connect(endpoint);
            RespErrorCode? got = null;
            var thread = new Thread(() =>
            {
                try
                {
                    reader.ReadGroup("s"u8, "g"u8, "own"u8, 1, blockMs: 60_000);
                }
                catch (RespServerException e)
                {
                    got = e.Code;
                }
            });
            thread.Start();
            WaitUntilBlocked(admin, 1);
            foreach (var (name, arguments) in how) admin.Call([name, .. arguments.Split(' ')]).ThrowIfError();
            Assert.True(thread.Join(Eventually.Deadline));
            Assert.Contains(got, (RespErrorCode?[])[code, RespErrorCode.NoGroup]);
            Assert.False(reader.IsBroken);
        }

        var gone = Assert.Throws<RespServerException>(
            () => admin.ReadGroup("none"u8, "g"u8, "own"u8, 1, blockMs: 60_000).NextEntry());
        Assert.Equal(RespErrorCode.NoGroup, gone.Code);
    }

    [Fact]
    public void A_blocked_read_ends_by_cancel_and_by_client_unblock()
    {
        using var server = RedisServer.Start();
        var endpoint = RespEndpoint.Parse(server.ConnectionString);
        using var admin = RespConnection.Connect(endpoint);
        using var reader = RespConnection.Connect(endpoint);
        StreamCursor[] cursors = [new("s"u8.ToArray(), EntryId.Zero)];
        bool? rang = null;
        var thread = new Thread(() => rang = reader.Read(cursors, 1, blockMs: 60_000).NextStream(out _));
        thread.Start();
        WaitUntilBlocked(admin, 1);
        Assert.True(admin.ClientUnblock(reader.ClientId));
        Assert.True(thread.Join(Eventually.Deadline));
        Assert.False(rang);
        reader.Ping();

        Exception? error = null;
        thread = new Thread(
            () => error = Record.Exception(() => reader.Read(cursors, 1, blockMs: 60_000).NextStream(out _)));
        thread.Start();
        WaitUntilBlocked(admin, 1);
        reader.Cancel();
        Assert.True(thread.Join(Eventually.Deadline));
        Assert.IsType<OperationCanceledException>(error);
        Assert.True(reader.IsBroken);
        Assert.Throws<OperationCanceledException>(reader.Ping);
    }

    [Fact]
    public void A_large_reply_grows_the_buffer_and_small_ones_give_it_back()
    {
        using var server = RedisServer.Start();
        using var connection = RespConnection.Connect(RespEndpoint.Parse(server.ConnectionString));
        var body = new byte[8 << 20];
        Random.Shared.NextBytes(body);
        var writer = connection.BeginWrite();
        writer.BeginXAdd("s"u8, 1);
        writer.WriteBulk("f"u8);
        writer.WriteBulk(body);
        connection.Flush();
        connection.ReadEntryId();
        connection.BeginWrite().XRange("s"u8, EntryId.Zero, new EntryId(long.MaxValue, long.MaxValue), 1);
        connection.Flush();
        var entries = StreamEntryReader.OverEntries(connection.ReadReply());
        Assert.True(entries.NextEntry());
        Assert.True(entries.NextField(out _, out var value));
        Assert.True(value.SequenceEqual(body));
        Assert.True(connection.ReceiveCapacityBytes > 8 << 20);
        for (var i = 0; i < 50; i++) connection.Ping();
        Assert.True(connection.ReceiveCapacityBytes <= 1 << 20);
        connection.BeginWrite().XRevRange("s"u8, 1);
        connection.Flush();
        Assert.Equal(1, StreamEntryReader.OverEntries(connection.ReadReply()).EntriesLeft);
    }

    private static void WaitUntilBlocked(RespConnection admin, int clients) =>
        Eventually.True(() =>
            admin.ServerInfo("clients").Contains($"blocked_clients:{clients}", StringComparison.Ordinal));
}
