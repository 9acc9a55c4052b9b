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
    [Theory]
    [InlineData("ok", 100, 0, 1)]
    [InlineData("ok", 100, 80, 0)]
    // Others write on: what was held at first is in the file all the same.
    [InlineData("ok", 180, 70, 1)]
    public void It_is_taken_once_Redis_holds_it_back_no_more(string status, int size, int held, int syncing)
    {
        var asked = 0;
        using var redis = Redis(() => asked++ < 3 ? Facts("ok", 100, 80, 1) : Facts(status, size, held, syncing));
        Assert.Equal(new EntryId(5, 0), Said(redis));
        Assert.Equal(4, asked);
    }

    [Theory]
    [InlineData("aof_enabled:0\r\n")]
    // A server that does not tell cannot be asked.
    [InlineData("aof_enabled:1\r\n")]
    public void Where_no_file_is_told_of_nothing_is_waited_for(string facts)
    {
        using var redis = Redis(() => facts);
        Assert.Equal(new EntryId(5, 0), Said(redis));
    }

    [Theory]
    [InlineData("ok", 179, 80, 1)]
    // A full disk keeps the buffer, and no sync is under way.
    [InlineData("err", 100, 80, 0)]
    public void It_is_not_told_as_taken_while_Redis_holds_it_back(string status, int size, int held, int syncing)
    {
        var asked = 0;
        using var redis = Redis(() => asked++ < 1 ? Facts("err", 100, 80, 0) : Facts(status, size, held, syncing));
        var refused = Assert.Throws<LogUnavailableException>(() => Said(redis)).Message;
        Assert.Contains("5-0 of quantum:stream:governance.control", refused, StringComparison.Ordinal);
        Assert.Contains("to its file", refused, StringComparison.Ordinal);
        Assert.Contains("say it again", refused, StringComparison.Ordinal);
    }

    private static string Facts(string status, int size, int held, int syncing) =>
        $"aof_enabled:1\r\naof_last_write_status:{status}\r\naof_current_size:{size}\r\n"
        + $"aof_buffer_length:{held}\r\naof_pending_bio_fsync:{syncing}\r\n";

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
