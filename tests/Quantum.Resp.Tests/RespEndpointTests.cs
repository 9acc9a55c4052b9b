using Quantum.EventLog;
using Quantum.Resp;
using Xunit;

namespace Quantum.Resp.Tests;

public sealed class RespEndpointTests
{
    [Fact]
    public void The_usual_form_is_read()
    {
        var endpoint = RespEndpoint.Parse(
            "redis.local:7000,password=pa=ss,ssl=true,user=bob,defaultDatabase=3,name=x,connectTimeout=100," +
            "abortConnect=false,allowAdmin=true");
        Assert.Equal("redis.local", endpoint.Host);
        Assert.Equal(7000, endpoint.Port);
        Assert.Equal("pa=ss", endpoint.Password);
        Assert.Equal("bob", endpoint.User);
        Assert.True(endpoint.UseTls);
        Assert.Equal(3, endpoint.Database);
        Assert.Equal("x", endpoint.ClientName);
        Assert.Equal(100, endpoint.ConnectTimeoutMs);
        Assert.False(endpoint.AbortOnConnectFail);
        Assert.DoesNotContain("pa=ss", endpoint.ToString(), StringComparison.Ordinal);
        Assert.Contains("password=***", endpoint.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", "localhost", 6379)]
    [InlineData("localhost,ssl=true", "localhost", 6380)]
    [InlineData("localhost:6379,ssl=true", "localhost", 6379)]
    [InlineData("password=x,[::1]:7001", "::1", 7001)]
    [InlineData("fe80::1", "fe80::1", 6379)]
    [InlineData(" 127.0.0.1:1 , name=q ", "127.0.0.1", 1)]
    public void Host_and_port_are_found(string text, string host, int port)
    {
        var endpoint = RespEndpoint.Parse(text);
        Assert.Equal(host, endpoint.Host);
        Assert.Equal(port, endpoint.Port);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("password=secret", "names no server")]
    [InlineData("localhost:0", "Part 1")]
    [InlineData("localhost:99999", "Part 1")]
    [InlineData("localhost:secret", "Part 1")]
    [InlineData(":6379", "Part 1")]
    [InlineData("localhost,ssl=maybe", "'ssl'")]
    [InlineData("localhost,defaultDatabase=-1", "'defaultDatabase'")]
    [InlineData("localhost,conectTimeout=5", "'conectTimeout'")]
    [InlineData("localhost,connectTimeout=abc", "'connectTimeout'")]
    [InlineData("localhost,serviceName=mymaster", "'serviceName'")]
    [InlineData("localhost,password=a,secret", "Part 3")]
    [InlineData("localhost,password=a,sec%ret=x", "not a word")]
    [InlineData("redis://:secret@localhost", "URL")]
    [InlineData("localhost,name=a b", "'name'")]
    public void A_bad_part_is_named_with_its_mend_and_no_secret(string text, string part)
    {
        var error = Assert.Throws<FormatException>(() => RespEndpoint.Parse(text));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sec%ret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MOVED 3999 127.0.0.1:6381", RespErrorCode.Moved, 3999, "127.0.0.1", 6381)]
    [InlineData("ASK 16383 ::1:7001", RespErrorCode.Ask, 16383, "::1", 7001)]
    [InlineData("MOVED 1 :7002", RespErrorCode.Moved, 1, "", 7002)]
    [InlineData("MOVED 99999 127.0.0.1:6381", RespErrorCode.Moved, -1, null, 0)]
    [InlineData("MOVED", RespErrorCode.Moved, -1, null, 0)]
    [InlineData("MOVED 5 host:port", RespErrorCode.Moved, -1, null, 0)]
    [InlineData("NOGROUP No such key 's'", RespErrorCode.NoGroup, -1, null, 0)]
    [InlineData("UNBLOCKED the stream key no longer exists", RespErrorCode.Unblocked, -1, null, 0)]
    [InlineData("OOM command not allowed", RespErrorCode.OutOfMemory, -1, null, 0)]
    [InlineData("BUSY Redis is busy", RespErrorCode.Busy, -1, null, 0)]
    [InlineData("WRONGTYPE Operation", RespErrorCode.WrongType, -1, null, 0)]
    [InlineData("MOVEDX 1", RespErrorCode.Other, -1, null, 0)]
    [InlineData("", RespErrorCode.Other, -1, null, 0)]
    public void Server_errors_are_typed(string line, RespErrorCode code, int slot, string? host, int port)
    {
        var error = RespServerException.From(System.Text.Encoding.UTF8.GetBytes(line));
        Assert.Equal(code, error.Code);
        Assert.Equal(slot, error.Slot);
        Assert.Equal(host, error.RedirectHost);
        Assert.Equal(port, error.RedirectPort);
        Assert.Equal(line, error.ServerMessage);
    }

    [Fact]
    public void Waits_double_up_to_the_cap_with_jitter_in_the_upper_half()
    {
        var chance = 0.0;
        var backoff = new RespBackoff(() => chance);
        double[] low = [.. Enumerable.Range(0, 40).Select(_ => backoff.Next().TotalMilliseconds)];
        Assert.Equal([25, 50, 100, 200, 400, 800, 1_600, 2_500, 2_500], low[..9]);
        Assert.Equal(2_500, low[^1]);
        backoff.Reset();
        chance = 0.999;
        Assert.InRange(backoff.Next().TotalMilliseconds, 49, 50);
    }
}
