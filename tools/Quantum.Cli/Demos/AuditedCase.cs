using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.Resp;

namespace Quantum.Cli.Demos;

/// <summary>
/// The system that the audit found: 21 streams, trade.intent capped by MAXLEN with its group's position trimmed away,
/// 34 consumers that nothing stands behind, one entry pending, and no process.
/// </summary>
internal static class AuditedCase
{
    public const string Stream = "quantum:stream:trade.intent";
    public const string Group = "quantum:group:execution:trade.intent";
    public const int Consumers = 34;
    public const int Capped = 10_014;
    public const int Read = 340;
    public const int Destroyed = 2_000;

    public static void Build(RespConnection connection)
    {
        foreach (var stream in StreamCatalog.All.Where(stream => !stream.IsInternal && stream.Key != Stream))
            connection.Call("XADD", stream.Key, "*", "symbol", "NEARUSDT").ThrowIfError();
        connection.Call("XGROUP", "CREATE", Stream, Group, "0", "MKSTREAM").ThrowIfError();
        Add(connection, Read);
        for (var i = 0; i < Consumers; i++)
        {
            connection.Call("XREADGROUP", "GROUP", Group, $"execution-{i:x8}", "COUNT", "10", "STREAMS", Stream, ">")
                .ThrowIfError();
        }

        var pending = PendingIds(connection);
        foreach (var id in pending.Skip(1)) connection.Call("XACK", Stream, Group, id).ThrowIfError();
        Add(connection, Destroyed + Capped);
        connection.Call("XTRIM", Stream, "MAXLEN", Capped.ToString(CultureInfo.InvariantCulture)).ThrowIfError();
    }

    /// <summary>More intents that nobody reads; the cap takes the oldest.</summary>
    public static void Flow(RespConnection connection, int count)
    {
        Add(connection, count);
        connection.Call("XTRIM", Stream, "MAXLEN", Capped.ToString(CultureInfo.InvariantCulture)).ThrowIfError();
    }

    private static List<string> PendingIds(RespConnection connection)
    {
        var ids = new List<string>();
        var reply = connection.Call("XPENDING", Stream, Group, "-", "+", "1000");
        for (var left = reply.ReadArray(); left > 0; left--)
        {
            reply.ReadArray();
            ids.Add(reply.ReadString());
            reply.Skip();
            reply.Skip();
            reply.Skip();
        }

        return ids;
    }

    private static void Add(RespConnection connection, int count)
    {
        var writer = connection.BeginWrite();
        for (var i = 0; i < count; i++)
        {
            writer.Command(
                "XADD", Stream, "*", "symbol", "NEARUSDT", "side", "BUY", "confidence", "0.72", "position_size_usd",
                    "200.0",
                "leverage", "1", "atr_value", "0.02", "volatility_factor", "0.55", "exchange_divergence", "0.0",
                "funding_rate", "0.0", "regime", "unknown");
        }

        connection.Flush();
        for (var i = 0; i < count; i++) connection.ReadReply().ThrowIfError();
    }
}
