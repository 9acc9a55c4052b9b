using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.EventLog.Tests.Conformance;

public sealed class TornFileTests
{
    private const string Commit =
        "redis.call('XADD', KEYS[1], '*', 'n', ARGV[1]) redis.call('XADD', KEYS[1], '*', 'n', ARGV[1]) "
        + "redis.call('HSET', KEYS[2], 'done', ARGV[1])";

    /// <summary>
    /// Redis alone fails this: it takes the torn command off and leaves its transaction open, and the start after the
    /// next one carries out what stood in it a second time.
    /// </summary>
    [Theory]
    [InlineData("XADD", 20)]
    [InlineData("HSET", 2)]
    [InlineData("EXEC", 0)]
    [InlineData("EXEC", 5)]
    public void A_write_that_a_dying_server_broke_off_is_never_carried_out_a_second_time(string at, int behind)
    {
        using var server = RedisServer.Start(
            new RedisServerOptions { AppendOnly = true, Arguments = ["--appendfsync", "always"] });
        Do(server, "1");
        Do(server, "2");
        server.Kill();
        Tear(server.Folder, at, behind);
        server.StartAgain();
        Assert.Equal((2, "1"), Look(server));

        Do(server, "2");
        server.Restart();

        Assert.Equal((4, "2"), Look(server));
        Assert.Contains("an unfinished write were taken off", server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_file_stays_as_it_is()
    {
        using var server = RedisServer.Start(
            new RedisServerOptions { AppendOnly = true, Arguments = ["--appendfsync", "always"] });
        Do(server, "1");
        server.Restart();
        Assert.Equal((2, "1"), Look(server));
        Assert.DoesNotContain("taken off", server.Log, StringComparison.Ordinal);
    }

    private static void Tear(string folder, string at, int behind)
    {
        var file = Directory.EnumerateFiles(Path.Combine(folder, "appendonlydir"), "*.incr.aof").Single();
        var bytes = File.ReadAllBytes(file);
        var transaction = bytes.AsSpan().LastIndexOf("MULTI"u8);
        var torn = bytes.AsSpan(transaction).IndexOf(System.Text.Encoding.ASCII.GetBytes(at));
        using var stream = File.OpenWrite(file);
        stream.SetLength(transaction + torn + behind);
    }

    private static void Do(RedisServer server, string number) => Ask(server, connection =>
    {
        connection.Call("EVAL", Commit, "2", "pongs", "state", number);
        return 0;
    });

    private static (long Pongs, string Done) Look(RedisServer server) => Ask(server, connection => (
        connection.Call("XLEN", "pongs").ReadInteger(), connection.Call("HGET", "state", "done").ReadString()));

    private static T Ask<T>(RedisServer server, Func<RespConnection, T> question)
    {
        using var client = new RespClient(RespEndpoint.Parse(server.ConnectionString));
        return client.Execute(question);
    }
}
