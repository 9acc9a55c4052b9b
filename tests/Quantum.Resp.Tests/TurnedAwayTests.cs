using System.Net;
using System.Net.Sockets;
using System.Text;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.Resp.Tests;

/// <summary>Every way in which a port can be no Redis for this client: said in one line, with its mend.</summary>
public sealed class TurnedAwayTests
{
    [Theory]
    [InlineData("-DENIED Redis is running in protected mode.\r\n", "protected mode", "bind")]
    [InlineData("-ERR max number of clients reached\r\n", "max number of clients", "maxclients")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", "RESP2", "host and port")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "RESP2", "host and port")]
    [InlineData("", "closed the connection", "ssl=true")]
    public void A_peer_that_speaks_first_and_closes_is_named(string greeting, string word, string mend)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var thread = new Thread(() =>
        {
            using var peer = listener.AcceptTcpClient();
            peer.GetStream().Write(Encoding.ASCII.GetBytes(greeting));
        });
        thread.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var error = Assert.ThrowsAny<RespException>(
            () => RespConnection.Connect(RespEndpoint.Parse($"127.0.0.1:{port}")));
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
        Assert.Contains(mend, error.Message, StringComparison.Ordinal);
        Assert.True(thread.Join(Eventually.Deadline));
    }

    [Fact]
    public void A_server_that_is_full_is_named()
    {
        using var server = RedisServer.Start(new RedisServerOptions { Arguments = ["--maxclients", "1"] });
        using var first = RespConnection.Connect(RespEndpoint.Parse(server.ConnectionString));
        for (var i = 0; i < 20; i++)
        {
            var error = Assert.Throws<RespServerException>(
                () => RespConnection.Connect(RespEndpoint.Parse(server.ConnectionString)));
            Assert.Equal(RespErrorCode.TooManyClients, error.Code);
        }
    }

    [Fact]
    public void A_silent_peer_is_asked_about()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var error = Assert.Throws<RespTimeoutException>(
            () => RespConnection.Connect(RespEndpoint.Parse($"127.0.0.1:{port},connectTimeout=200")));
        Assert.Contains("is it a Redis", error.Message, StringComparison.Ordinal);
        Assert.Contains("ssl=true", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-client")]
    [InlineData("-ping")]
    [InlineData("-client -ping")]
    public void Who_may_not_greet_or_name_himself_gets_in(string rules)
    {
        using var server = RedisServer.Start();
        using (var admin = RespConnection.Connect(RespEndpoint.Parse(server.ConnectionString)))
            admin.Call(["ACL", "SETUSER", "u", "on", ">p", "~*", "+@all", .. rules.Split(' ')]).ThrowIfError();
        using var connection = RespConnection.Connect(
            RespEndpoint.Parse($"{server.ConnectionString},user=u,password=p,name=x"));
        Assert.Equal(0, connection.XLen("s"u8));
    }

    [Theory]
    [InlineData("ERR unknown command 'SCAN', with args", RespErrorCode.UnknownCommand)]
    [InlineData("ERR unknown subcommand 'NODES'", RespErrorCode.UnknownCommand)]
    [InlineData("ERR max number of clients reached", RespErrorCode.TooManyClients)]
    [InlineData("ERR no such key", RespErrorCode.Other)]
    [InlineData("DENIED Redis is running in protected mode", RespErrorCode.Denied)]
    public void Errors_without_a_word_of_their_own_are_known_by_their_words(string line, RespErrorCode code) =>
        Assert.Equal(code, RespServerException.From(Encoding.ASCII.GetBytes(line)).Code);

    [Fact]
    public void Every_code_names_its_word_in_its_message()
    {
        foreach (var word in (string[])
        [
            "NOPERM", "MOVED", "ASK", "LOADING", "MASTERDOWN", "CLUSTERDOWN", "READONLY", "BUSY", "WRONGTYPE", "NOAUTH",
        ])
        {
            var error = RespServerException.From(Encoding.ASCII.GetBytes(word + " x"));
            Assert.NotEqual(RespErrorCode.Other, error.Code);
            Assert.Equal(word, error.Word);
            Assert.Contains(word, error.Message, StringComparison.Ordinal);
            Assert.Contains(';', error.Message);
        }
    }
}
