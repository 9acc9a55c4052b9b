using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Quantum.Resp;
using Quantum.Testing;
using Xunit;

namespace Quantum.Resp.Tests;

public sealed class RespFaultTests
{
    [Fact]
    public void A_black_hole_ends_in_a_timeout_while_connecting()
    {
        // Accepted by the kernel, never answered.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var clock = Stopwatch.StartNew();
        Assert.Throws<RespTimeoutException>(
            () => RespConnection.Connect(RespEndpoint.Parse($"127.0.0.1:{port},connectTimeout=300")));
        Assert.InRange(clock.ElapsedMilliseconds, 250, 20_000);
        Assert.Throws<RespTimeoutException>(
            () => RespConnection.Connect(RespEndpoint.Parse($"127.0.0.1:{port},connectTimeout=300,ssl=true")));
    }

    [Fact]
    public void A_connect_that_is_never_accepted_ends_in_a_timeout()
    {
        // With its queue full, the kernel drops further connects, like a firewall.
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        var fillers = new List<Socket>();
        for (var i = 0; i < 8; i++)
        {
            var filler = new Socket(SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            try
            {
                filler.Connect(IPAddress.Loopback, port);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
            }

            fillers.Add(filler);
        }

        var error = Assert.Throws<RespTimeoutException>(
            () => RespConnection.Connect(RespEndpoint.Parse($"127.0.0.1:{port},connectTimeout=400")));
        Assert.Contains("400 ms", error.Message, StringComparison.Ordinal);
        using var cancel = new CancellationTokenSource(200);
        Assert.ThrowsAny<OperationCanceledException>(
            () => RespConnection.Connect(
                RespEndpoint.Parse($"127.0.0.1:{port},connectTimeout=60000"), null, cancel.Token));
        fillers.ForEach(f => f.Dispose());
    }

    [Fact]
    public void A_half_open_socket_is_noticed_and_closed()
    {
        using var server = RedisServer.Start();
        using var connection = RespConnection.Connect(RespEndpoint.Parse(server.ConnectionString + ",syncTimeout=300"));
        connection.Ping();
        server.Freeze();
        var error = Assert.Throws<RespTimeoutException>(
            () => connection.Read([new StreamCursor("s"u8.ToArray(), default)], 1, blockMs: 100).NextStream(out _));
        Assert.Contains("400 ms", error.Message, StringComparison.Ordinal);
        Assert.True(connection.IsBroken);
        Assert.Throws<RespConnectionException>(connection.Ping);
        server.Resume();
    }

    [Fact]
    public void A_peer_that_trickles_for_ever_meets_the_deadline()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = new CancellationTokenSource();
        var thread = new Thread(() =>
        {
            using var client = listener.AcceptTcpClient();
            var stream = client.GetStream();
            var sent = 0;
            try
            {
                // Connect asks CLIENT ID and PING, one answer each.
                stream.Write(":1\r\n+PONG\r\n"u8);
                while (!stop.IsCancellationRequested)
                {
                    stream.Write(sent++ == 0 ? "+"u8 : "x"u8);
                    Thread.Sleep(20); // not a wait: the pace of the peer
                }
            }
            catch (IOException)
            {
            }
        });
        thread.Start();
        var endpoint = RespEndpoint.Parse($"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port},syncTimeout=300");
        using var connection = RespConnection.Connect(endpoint);
        Assert.Throws<RespTimeoutException>(connection.Ping);
        Assert.True(connection.IsBroken);
        stop.Cancel();
        Assert.True(thread.Join(Eventually.Deadline));
    }

    [Theory]
    [InlineData("$9999999999\r\n", "limit: bulk string")]
    [InlineData("*1000000000\r\n", "limit: number of elements")]
    [InlineData("$-7\r\n", "length -7")]
    [InlineData("<html>\r\n", "RESP2")]
    public void A_bad_reply_ends_the_connection_without_spending_memory(string answer, string part)
    {
        using var fake = new FakeRedis(command => command[0] == "XLEN" ? answer : "");
        using var connection = RespConnection.Connect(RespEndpoint.Parse(fake.ConnectionString));
        var error = Assert.Throws<RespProtocolException>(() => connection.XLen("s"u8));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.True(connection.IsBroken);
        Assert.True(connection.ReceiveCapacityBytes <= 1 << 20);
    }

    [Fact]
    public void A_reply_that_announces_much_and_sends_little_costs_little()
    {
        using var fake = new FakeRedis(command => command[0] == "XLEN" ? "$60000000\r\nabc" : "");
        using var connection = RespConnection.Connect(RespEndpoint.Parse(fake.ConnectionString + ",syncTimeout=200"));
        Assert.Throws<RespTimeoutException>(() => connection.XLen("s"u8));
        Assert.True(connection.ReceiveCapacityBytes <= 1 << 20);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Replies_in_small_pieces_arrive_whole(int pieceBytes)
    {
        const string answer = "*1\r\n*2\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-0\r\n*2\r\n$1\r\nf\r\n$5\r\nvalue\r\n";
        using var fake = new FakeRedis(command => command[0] == "XREAD" ? answer : "") { PieceBytes = pieceBytes };
        using var connection = RespConnection.Connect(RespEndpoint.Parse(fake.ConnectionString + ",syncTimeout=30000"));
        for (var i = 0; i < 20; i++)
        {
            var entries = connection.Read([new StreamCursor("s"u8.ToArray(), default)], 1);
            Assert.True(entries.NextStream(out _));
            Assert.True(entries.NextEntry());
            Assert.True(entries.NextField(out _, out var value));
            Assert.True(value.SequenceEqual("value"u8));
        }
    }

    [Fact]
    public void A_truncated_reply_is_a_lost_connection()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var done = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            using var client = listener.AcceptTcpClient();
            client.GetStream().Write(":1\r\n+PONG\r\n$10\r\nabc"u8);
            client.Client.Shutdown(SocketShutdown.Send);
            Eventually.True(() => done.IsSet);
        });
        thread.Start();
        var endpoint = RespEndpoint.Parse($"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        using (var connection = RespConnection.Connect(endpoint))
        {
            var error = Assert.Throws<RespConnectionException>(() => connection.XLen("s"u8));
            Assert.Contains("may have run", error.Message, StringComparison.Ordinal);
        }

        done.Set();
        Assert.True(thread.Join(Eventually.Deadline));
    }

    [Fact]
    public void A_loading_server_is_waited_for_with_a_deadline()
    {
        var pings = 0;
        using var fake = new FakeRedis(command =>
            command[0] == "PING" && ++pings < 4 ? "-LOADING Redis is loading\r\n" : "");
        using (var connection = RespConnection.Connect(RespEndpoint.Parse(fake.ConnectionString)))
        {
            Assert.Equal(4, pings);
        }

        using var forEver = new FakeRedis(command => command[0] == "PING" ? "-LOADING Redis is loading\r\n" : "");
        var endpoint = RespEndpoint.Parse(forEver.ConnectionString) with { LoadingTimeoutMs = 250 };
        var error = Assert.Throws<RespServerException>(() => RespConnection.Connect(endpoint));
        Assert.Equal(RespErrorCode.Loading, error.Code);
        Assert.Contains("still loads", error.Message, StringComparison.Ordinal);
        Assert.Contains("LOADING", error.Message, StringComparison.Ordinal);
    }
}
