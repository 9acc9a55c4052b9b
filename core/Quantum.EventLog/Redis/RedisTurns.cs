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
    // What turn.lua's text has in the place of what follows it.
    private const string Place = "--@";

    private readonly RoleSeat[] _seats = [.. TapeOrder.Roles.SelectMany(log.Keys.SeatsOf)];
    private IReadOnlyList<LogLink>? _links;
    private RespScript _turn = log.Scripts.Turn;
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

    // Who reads what is the same in every turn: it is written into the script once, instead of a hundred arguments.
    private void Know(IReadOnlyList<LogLink> links)
    {
        if (ReferenceEquals(_links, links)) return;
        (_links, _scriptedClient) = (links, 0);
        var readers = links.GroupBy(link => link.StreamKey).Select(
            stream => $"['{stream.Key}'] = '{Readers(stream)}'");
        var of = $"local stages, rounds, readers = {{{Quoted(_seats.Select(log.Keys.Stage))}}}, "
            + $"{{{Quoted(_seats.Select(log.Keys.Round))}}}, {{{string.Join(", ", readers)}}}";
        _turn = new RespScript(string.Join('\n', log.Scripts.Turn.Source.Split('\n').Select(
            line => line.StartsWith(Place, StringComparison.Ordinal) ? of : line)));
    }

    // Behind others in one flush a script that the server has lost cannot be loaded.
    private void Load(RespConnection connection)
    {
        if (_scriptedClient == connection.ClientId) return;
        log.Scripts.Offer.Load(connection);
        _turn.Load(connection);
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
        _turn.Begin(writer, 4, 1);
        writer.WriteBulk(LogKeys.Turn);
        writer.WriteBulk(LogKeys.TurnWaits);
        writer.WriteBulk(LogKeys.TurnBell);
        writer.WriteBulk(LogKeys.TurnStaged);
        writer.WriteBulk(ends ? 1 : 0);
    }

    private static string Quoted(IEnumerable<string> keys) => string.Join(", ", keys.Select(key => $"'{key}'"));

    private string Readers(IEnumerable<LogLink> stream) => string.Join(
        ' ', stream.DistinctBy(link => link.Group).Select(link => $"{link.Group} {SeatOf(link)}"));

    // With more shards a group stands for several seats, which read by themselves.
    private int SeatOf(LogLink link)
    {
        if (log.Keys.Shards > 1) return 0;
        var role = link.Stream.Consumers.FirstOrDefault(consumer => consumer.Group == link.Group)?.Role;
        return 1 + Array.FindIndex(_seats, seat => seat.Role == role);
    }
}
