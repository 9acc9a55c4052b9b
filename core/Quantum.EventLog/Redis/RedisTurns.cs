using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.Resp;

namespace Quantum.EventLog.Redis;

/// <summary>
/// The turns of a tape, over a connection of their own: what belongs together goes out together, and the server takes
/// a turn the moment that the last reader rings. For one thread.
/// </summary>
internal sealed class RedisTurns(RedisEventLog log, RedisPipe pipe) : IDisposable
{
    private readonly RoleSeat[] _seats = [.. TapeOrder.Roles.SelectMany(log.Keys.SeatsOf)];
    private IReadOnlyList<LogLink>? _links;
    private (string Key, (string Group, int Seat)[] Readers)[] _streams = [];
    private long _scriptedClient;

    public long Begin() => pipe.Run(0, static (connection, _) =>
    {
        connection.Call("HSETNX", LogKeys.Turn, "offer", "0").ThrowIfError();
        var reply = connection.Call("HGET", LogKeys.Turn, "offer");
        reply.ThrowIfError();
        return long.Parse(reply.ReadString(), CultureInfo.InvariantCulture);
    });

    public void Offer(long number, string role, IReadOnlyList<NewEntry> step, IReadOnlyList<LogLink> links)
    {
        Know(links);
        pipe.Run((turns: this, number, role, step), static (connection, a) =>
        {
            a.turns.Load(connection);
            var writer = connection.BeginWrite();
            a.turns.WriteOffer(writer, a.number, a.role, a.step);
            a.turns.WriteTurn(writer, ends: false);
            connection.Flush();
            connection.ReadReply().ThrowIfError();
            connection.ReadReply().ThrowIfError();
            return true;
        });
    }

    public long Take(IReadOnlyList<LogLink> links, bool ends, TimeSpan patience, out string? blocker)
    {
        Know(links);
        var ms = (int)patience.TotalMilliseconds;
        (blocker, var released) = pipe.Run((turns: this, ends, ms), static (connection, a) =>
        {
            a.turns.Load(connection);
            var writer = connection.BeginWrite();
            // What stands behind it on this connection is done as soon as it rings.
            if (a.ms > 0)
            {
                writer.Command(
                    "BLPOP", LogKeys.TurnBell, (a.ms / 1000.0).ToString("0.000", CultureInfo.InvariantCulture));
            }

            a.turns.WriteTurn(writer, a.ends);
            connection.Flush();
            if (a.ms > 0) connection.ReadReply(a.ms + connection.Endpoint.ReplyTimeoutMs).ThrowIfError();
            var reply = connection.ReadReply();
            reply.ReadArray();
            return (reply.ReadString(), reply.ReadInteger());
        });
        if (blocker.Length == 0) blocker = null;
        return released;
    }

    public void Dispose() => pipe.Dispose();

    private void Know(IReadOnlyList<LogLink> links)
    {
        if (!ReferenceEquals(_links, links)) (_links, _streams) = (links, StreamsOf(links));
    }

    // Behind others in one flush a script that the server has lost cannot be loaded.
    private void Load(RespConnection connection)
    {
        if (_scriptedClient == connection.ClientId) return;
        log.Scripts.Offer.Load(connection);
        log.Scripts.Turn.Load(connection);
        _scriptedClient = connection.ClientId;
    }

    private void WriteOffer(RespWriter writer, long number, string role, IReadOnlyList<NewEntry> step)
    {
        var arguments = 1;
        foreach (var entry in step) arguments += 2 + 2 * entry.Fields.Count;
        log.Scripts.Offer.Begin(writer, 3, arguments);
        writer.WriteBulk(LogKeys.Turn);
        writer.WriteBulk(log.Keys.Stage(new RoleSeat(role, 0)));
        writer.WriteBulk(LogKeys.TurnStaged);
        writer.WriteBulk(number);
        foreach (var entry in step)
        {
            var fields = entry.Fields.Fields;
            writer.WriteBulk(entry.StreamKey);
            writer.WriteBulk(fields.Count);
            RedisEventLog.WriteFields(writer, in fields);
        }
    }

    private void WriteTurn(RespWriter writer, bool ends)
    {
        log.Scripts.Turn.Begin(
            writer, 4 + 2 * _seats.Length + _streams.Length,
            2 + _streams.Sum(static stream => 1 + 2 * stream.Readers.Length));
        writer.WriteBulk(LogKeys.Turn);
        writer.WriteBulk(LogKeys.TurnWaits);
        writer.WriteBulk(LogKeys.TurnBell);
        writer.WriteBulk(LogKeys.TurnStaged);
        foreach (var seat in _seats) writer.WriteBulk(log.Keys.Stage(seat));
        foreach (var seat in _seats) writer.WriteBulk(log.Keys.Round(seat));
        foreach (var (key, _) in _streams) writer.WriteBulk(key);
        writer.WriteBulk(_seats.Length);
        writer.WriteBulk(ends ? 1 : 0);
        foreach (var (_, readers) in _streams)
        {
            writer.WriteBulk(readers.Length);
            foreach (var (group, seat) in readers)
            {
                writer.WriteBulk(group);
                writer.WriteBulk(seat);
            }
        }
    }

    private (string Key, (string Group, int Seat)[] Readers)[] StreamsOf(IEnumerable<LogLink> links) =>
    [
        .. links.GroupBy(link => link.StreamKey).Select(stream => (
            stream.Key, stream.DistinctBy(link => link.Group).Select(link => (link.Group, SeatOf(link))).ToArray())),
    ];

    // With more shards a group stands for several seats, which read by themselves.
    private int SeatOf(LogLink link)
    {
        if (log.Keys.Shards > 1) return 0;
        var role = link.Stream.Consumers.FirstOrDefault(consumer => consumer.Group == link.Group)?.Role;
        return 1 + Array.FindIndex(_seats, seat => seat.Role == role);
    }
}
