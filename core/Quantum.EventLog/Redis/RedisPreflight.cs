using System.Globalization;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.Resp;

namespace Quantum.EventLog.Redis;

/// <summary>
/// The checks before anything is read or written: each failure is one line that names what is wrong and the mend. The
/// first process marks the Redis as Quantum's, with shard count, mode, whose time it is and whose system where it
/// knows; later ones must agree.
/// </summary>
public static class RedisPreflight
{
    private const string System = "quantum";
    private const int MostTries = 4;

    /// <summary>
    /// Throws <see cref="LogRefusedException"/> on a fault; gives warnings for what is dangerous but allowed.
    /// </summary>
    /// <param name="endpoint">Where Redis is.</param>
    /// <param name="keys">The topology this process wants.</param>
    /// <param name="mode">The mode this process runs in.</param>
    /// <param name="isTape">Whether this process takes its time from a tape.</param>
    /// <param name="requireAppendOnly">Refuse a Redis without append-only file, instead of a warning.</param>
    /// <param name="owner">Whose system this process is of (<see cref="SystemOwner"/>); null when not told.</param>
    public static IReadOnlyList<string> Check(
        RespEndpoint endpoint, LogKeys keys, TradingMode mode, bool isTape, bool requireAppendOnly = false,
        string? owner = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(keys);
        try
        {
            using var connection = Connect(endpoint);
            CheckEviction(connection);
            var warnings = CheckAppendOnly(connection, requireAppendOnly);
            CheckTopology(connection, keys, mode, isTape, owner);
            return warnings;
        }
        catch (RespServerException e) when (e.Code == RespErrorCode.WrongType)
        {
            // Only the mark is looked at by a command that minds.
            throw new LogRefusedException($"{LogKeys.Topology}: {e.Message}", e);
        }
        catch (RespException e)
        {
            throw new LogRefusedException(e.Message, e);
        }
    }

    // The first connection of a process compiles what it is made with, TLS above all: where ten of them start at once
    // on a busy machine it takes longer than any later one.
    private static RespConnection Connect(RespEndpoint endpoint)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return RespConnection.Connect(endpoint);
            }
            catch (RespTimeoutException) when (tries < MostTries)
            {
                // What was compiled meanwhile serves the next try.
            }
        }
    }

    private static void CheckEviction(RespConnection connection)
    {
        var policy = connection.ServerInfoField("memory", "maxmemory_policy");
        if (policy is null or "noeviction") return;
        throw new LogRefusedException(
            $"Redis at {connection.Endpoint} evicts keys (maxmemory-policy {policy}), which destroys streams and their "
            + "groups: set maxmemory-policy noeviction.");
    }

    private static IReadOnlyList<string> CheckAppendOnly(RespConnection connection, bool required)
    {
        if (connection.ServerInfoField("persistence", "aof_enabled") != "0") return [];
        var text =
            $"Redis at {connection.Endpoint} keeps no append-only file, so a restart loses events: set appendonly yes.";
        return required ? throw new LogRefusedException(text) : [text];
    }

    private static void CheckTopology(
        RespConnection connection, LogKeys keys, TradingMode mode, bool isTape, string? owner)
    {
        var wanted = new List<(string Field, string Value)>
        {
            ("system", System), ("shards", keys.Shards.ToString(CultureInfo.InvariantCulture)),
            ("hash", LogKeys.HashName),
            ("mode", WireNames.Of(mode)), (SystemTime.Field, SystemTime.Of(isTape)),
        };
        if (owner is not null) wanted.Add((SystemOwner.Field, owner));
        var found = Mark(connection, wanted);
        foreach (var (field, value) in wanted)
        {
            var there = found.GetValueOrDefault(field, "");
            if (there == value) continue;
            throw new LogRefusedException(Difference(connection.Endpoint, field, there, value));
        }
    }

    private static string Difference(RespEndpoint endpoint, string field, string there, string wanted) => field switch
    {
        "system" => $"Redis at {endpoint} is marked as '{there}', not as Quantum's: use a database of Quantum's own.",
        "shards" => $"Redis at {endpoint} is laid out for {there} shards, this process wants {wanted}: "
            + $"use another database ({PlainSettings.EmptyRedis}).",
        "mode" => $"Redis at {endpoint} belongs to a run in mode '{there}', this process runs in '{wanted}': "
            + $"use one database per mode ({PlainSettings.EmptyRedis}).",
        SystemTime.Field => $"Redis at {endpoint} belongs to a run with time '{there}', this process runs with "
            + $"'{wanted}': set Quantum__Tape={(there == SystemTime.Tape ? "true" : "false")} for it, "
            + $"or use another database ({PlainSettings.EmptyRedis}).",
        SystemOwner.Field => $"Redis at {endpoint} holds the system of another folder ({there}), this process is of "
            + $"{wanted}: use one database for each; to take it over: redis-cli HDEL {LogKeys.Topology} {field}.",
        _ => $"Redis at {endpoint} places symbols by '{there}', this build by '{wanted}': use the build that made it.",
    };

    private static Dictionary<string, string> Mark(
        RespConnection connection, List<(string Field, string Value)> wanted)
    {
        var script = RedisScripts.Default.Topology;
        var writer = connection.BeginWrite();
        script.Begin(writer, 1, 2 * wanted.Count);
        writer.WriteBulk(LogKeys.Topology);
        foreach (var (field, value) in wanted)
        {
            writer.WriteBulk(field);
            writer.WriteBulk(value);
        }

        connection.Flush();
        return script.ReadReply(connection).ReadFields();
    }
}
