using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog.Redis;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.EventLog.Tests.Redis;

/// <summary>An operator's word is told as taken only once no end of Redis forgets it.</summary>
public sealed class KeptWordTests
{
    private const string Held = "aof_enabled:1\r\naof_buffer_length:80\r\naof_pending_bio_fsync:1\r\n";

    [Theory]
    [InlineData("aof_enabled:1\r\naof_buffer_length:0\r\naof_pending_bio_fsync:1\r\n")]
    [InlineData("aof_enabled:1\r\naof_buffer_length:80\r\naof_pending_bio_fsync:0\r\n")]
    [InlineData("aof_enabled:0\r\n")]
    public void It_is_taken_once_Redis_holds_it_back_no_more(string later)
    {
        var asked = 0;
        using var redis = Redis(() => asked++ < 3 ? Held : later);
        Assert.Equal(new EntryId(5, 0), Said(redis));
        Assert.Equal(4, asked);
    }

    [Fact]
    public void It_is_not_told_as_taken_while_Redis_holds_it_back()
    {
        using var redis = Redis(() => Held);
        var refused = Assert.Throws<LogUnavailableException>(() => Said(redis)).Message;
        Assert.Contains("5-0 of quantum:stream:governance.control", refused, StringComparison.Ordinal);
        Assert.Contains("to its file", refused, StringComparison.Ordinal);
        Assert.Contains("say it again", refused, StringComparison.Ordinal);
    }

    private static FakeRedis Redis(Func<string> persistence) => new(command => command[0] switch
    {
        "EVALSHA" => "$3\r\n5-0\r\n",
        "INFO" when command[1] == "persistence" => Bulk(persistence()),
        "INFO" => Bulk("connected_slaves:0\r\n"),
        _ => "",
    });

    private static string Bulk(string text) => $"${text.Length}\r\n{text}\r\n";

    private static EntryId Said(FakeRedis redis)
    {
        using var log = new RedisEventLog(RespEndpoint.Parse(redis.ConnectionString));
        var word = new FieldBuffer();
        word.Add("a"u8, "b"u8);
        return log.AppendKept(StreamCatalog.GovernanceControl.Key, "once", word);
    }
}
