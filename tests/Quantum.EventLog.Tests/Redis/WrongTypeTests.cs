using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog.Redis;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.EventLog.Tests.Redis;

/// <summary>Case audit-key-of-another-type in a service's log: just the key at fault, with its type.</summary>
public sealed class WrongTypeTests : IDisposable
{
    private readonly RedisServer _server = RedisServer.Start();
    private readonly RespConnection _connection;
    private readonly RedisEventLog _log;
    private readonly RoleSeat _seat = new(RoleNames.Executor, 0);

    public WrongTypeTests()
    {
        var endpoint = RespEndpoint.Parse(_server.ConnectionString);
        _connection = RespConnection.Connect(endpoint);
        _log = new RedisEventLog(endpoint);
    }

    public static TheoryData<string, string> Keys => new()
    {
        { StreamCatalog.TradeIntent.Key, "stream" },
        { new LogKeys().Lease(new RoleSeat(RoleNames.Executor, 0)), "hash" },
        { new LogKeys().Cursor(new RoleSeat(RoleNames.Executor, 0)), "hash" },
        { new LogKeys().State(new RoleSeat(RoleNames.Executor, 0)), "hash" },
    };

    public void Dispose()
    {
        _log.Dispose();
        _connection.Dispose();
        _server.Dispose();
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_seat_names_the_key_and_no_other(string key, string wanted)
    {
        _connection.Call("SET", key, "x").ThrowIfError();
        using var session = _log.OpenSession(_seat);
        var refused = Assert.Throws<LogRefusedException>(() =>
        {
            session.Acquire("me", TimeSpan.FromSeconds(10));
            session.Load();
            foreach (var stream in StreamCatalog.ReadBy(RoleNames.Executor))
                foreach (var link in _log.Keys.LinksOf(_seat, stream)) session.EnsureGroup(link, EntryId.Zero);
        });
        Assert.Contains(
            $"the key {key} holds a string where a {wanted} belongs", refused.Message, StringComparison.Ordinal);
        foreach (var stream in StreamCatalog.All.Where(stream => stream.Key != key))
            Assert.DoesNotContain(stream.Key + " ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_writer_names_the_stream()
    {
        _connection.Call("SET", StreamCatalog.TradeIntent.Key, "x").ThrowIfError();
        var entry = new FieldBuffer();
        entry.Add("a"u8, "b"u8);
        foreach (var append in (Func<EntryId>[])
        [
            () => _log.Append(StreamCatalog.TradeIntent.Key, entry),
            () => _log.AppendOnce(StreamCatalog.TradeIntent.Key, "once", entry),
        ])
        {
            Assert.Contains(StreamCatalog.TradeIntent.Key, Assert.Throws<LogRefusedException>(() => append()).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_start_names_the_mark()
    {
        _connection.Call("SET", LogKeys.Topology, "x").ThrowIfError();
        var refused = Assert.Throws<LogRefusedException>(() => RedisPreflight.Check(
            RespEndpoint.Parse(_server.ConnectionString), new LogKeys(), TradingMode.Sim, isTape: false));
        Assert.Contains(LogKeys.Topology, refused.Message, StringComparison.Ordinal);
    }
}
