using Quantum.Resp;
using Quantum.Testing;
using Xunit;

namespace Quantum.Resp.Tests;

public sealed class RespClientTests
{
    private static readonly RespClientOptions s_quick = new() { BackoffFirstMs = 1, BackoffCapMs = 20 };

    [Fact]
    public void Moved_is_followed()
    {
        using var target = new FakeRedis(command => command[0] == "XLEN" ? ":42\r\n" : "");
        using var source = new FakeRedis(command =>
            command[0] == "XLEN" ? $"-MOVED 5 127.0.0.1:{target.Port}\r\n" : "");
        using var client = new RespClient(RespEndpoint.Parse(source.ConnectionString), s_quick);
        Assert.Equal(42, client.Execute(c => c.XLen("s"u8)));
        Assert.Equal(42, client.Execute(c => c.XLen("s"u8)));
        Assert.Equal(target.Port, client.Current.Port);
        Assert.Equal(2, client.Connects);
    }

    [Fact]
    public void Moved_to_an_empty_host_means_the_same_host()
    {
        using var target = new FakeRedis(command => command[0] == "XLEN" ? ":1\r\n" : "");
        using var source = new FakeRedis(command => command[0] == "XLEN" ? $"-MOVED 5 :{target.Port}\r\n" : "");
        using var client = new RespClient(RespEndpoint.Parse(source.ConnectionString), s_quick);
        Assert.Equal(1, client.Execute(c => c.XLen("s"u8)));
    }

    [Fact]
    public void Two_servers_that_point_at_each_other_make_no_hot_loop()
    {
        var waits = 0;
        FakeRedis? second = null;
        using var first = new FakeRedis(command =>
            command[0] == "XLEN" ? $"-MOVED 5 127.0.0.1:{second!.Port}\r\n" : "");
        using var other = new FakeRedis(command => command[0] == "XLEN" ? $"-MOVED 5 127.0.0.1:{first.Port}\r\n" : "");
        second = other;
        using var cancel = new CancellationTokenSource();
        var options = s_quick with
        {
            OnRetry = (_, _) =>
            {
                if (++waits == 5) cancel.Cancel();
            },
        };
        using var client = new RespClient(RespEndpoint.Parse(first.ConnectionString), options);
        Assert.ThrowsAny<OperationCanceledException>(() => client.Execute(c => c.XLen("s"u8), cancel.Token));
        Assert.Equal(5, waits);
        Assert.InRange(client.Connects, 5, 8);
    }

    [Fact]
    public void Ask_sends_asking_ahead_of_the_command()
    {
        var asked = false;
        using var target = new FakeRedis(command =>
        {
            if (command[0] == "ASKING") asked = true;
            return command[0] != "XLEN" ? "" : asked ? ":9\r\n" : "-MOVED 5 127.0.0.1:1\r\n";
        });
        using var source = new FakeRedis(command => command[0] == "XLEN" ? $"-ASK 5 127.0.0.1:{target.Port}\r\n" : "");
        using var client = new RespClient(RespEndpoint.Parse(source.ConnectionString), s_quick);
        Assert.Equal(9, client.Execute(c => c.XLen("s"u8)));
        Assert.True(asked);
    }

    [Theory]
    [InlineData("-READONLY You can't write against a read only replica.\r\n")]
    [InlineData("-LOADING Redis is loading the dataset in memory\r\n")]
    public void A_server_that_cannot_now_is_left_and_tried_again(string answer)
    {
        var calls = 0;
        using var fake = new FakeRedis(command => command[0] == "XLEN" ? ++calls < 3 ? answer : ":3\r\n" : "");
        using var client = new RespClient(RespEndpoint.Parse(fake.ConnectionString), s_quick);
        Assert.Equal(3, client.Execute(c => c.XLen("s"u8)));
        Assert.Equal(3, fake.Connections);
    }

    [Fact]
    public void The_callers_own_error_is_his()
    {
        using var server = RedisServer.Start();
        using var client = new RespClient(RespEndpoint.Parse(server.ConnectionString), s_quick);
        client.Execute(c => c.Call("SET", "k", "v").ReadString());
        var error = Assert.Throws<RespServerException>(() => client.Execute(c => c.XLen("k"u8)));
        Assert.Equal(RespErrorCode.WrongType, error.Code);
        Assert.Equal(1, client.Connects);
    }

    [Fact]
    public void Abort_connect_fails_at_once_else_it_waits_for_the_server()
    {
        var port = RedisServer.FreePort();
        using (var abort = new RespClient(RespEndpoint.Parse($"127.0.0.1:{port},abortConnect=true"), s_quick))
            Assert.Throws<RespConnectionException>(() => abort.Get());
        using var cancel = new CancellationTokenSource();
        var options = s_quick with { OnRetry = (_, _) => cancel.Cancel() };
        using var client = new RespClient(RespEndpoint.Parse($"127.0.0.1:{port}"), options);
        Assert.ThrowsAny<OperationCanceledException>(() => client.Get(cancel.Token));
    }

    [Fact]
    public void A_restart_is_survived_and_disposing_ends_a_wait()
    {
        using var server = RedisServer.Start(new RedisServerOptions { AppendOnly = true });
        using var client = new RespClient(RespEndpoint.Parse(server.ConnectionString), s_quick);
        client.Execute(c => c.XGroupCreate("s"u8, "g"u8));
        server.Restart();
        Assert.Equal(0, client.Execute(c => c.XLen("s"u8)));
        Assert.Equal(2, client.Connects);

        server.Kill();
        var failed = new ManualResetEventSlim();
        using var waiting = new RespClient(
            RespEndpoint.Parse(server.ConnectionString),
            new RespClientOptions { BackoffFirstMs = 4_000, OnRetry = (_, _) => failed.Set() });
        Exception? error = null;
        var thread = new Thread(() => error = Record.Exception(() => waiting.Get()));
        thread.Start();
        Assert.True(failed.Wait(Eventually.Deadline));
        waiting.Dispose();
        Assert.True(thread.Join(Eventually.Deadline));
        Assert.IsAssignableFrom<OperationCanceledException>(error);
    }
}
