using System.Reflection;
using Quantum.EventLog;
using Quantum.Resp;
using Quantum.Roles.Executor;

namespace Quantum.Executor.Venue;

/// <summary>
/// What was sent to the venue, written down in Redis before it is: one script gives the right to send, checks who holds
/// the seat, that the order was not sent before and that nothing halts entries, and records it. Waits for a Redis that
/// is away; what cannot be recorded is not sent. Any thread.
/// </summary>
internal sealed class SendJournal(
    RespEndpoint endpoint, LogKeys keys, OrderLaneOptions options, string owner, TimeProvider time) : IDisposable
{
    private const string OrderKeys = "quantum:venue:order:";
    private const string Open = "quantum:venue:open";
    private const string Symbols = "quantum:venue:symbols";
    private const string FillsRead = "quantum:venue:fills_read";
    private const long KeepMs = 7 * 86_400_000L;

    // A replica that keeps up confirms within a millisecond or two.
    private const int CopyLimitMs = 500;

    private static readonly RespScript s_begin = Load("begin");
    private static readonly RespScript s_settle = Load("settle");

    private readonly string _lease = keys.Lease(new RoleSeat(RoleNames.Venue, 0));
    private readonly string _policies = keys.Stream(StreamCatalog.PolicyUpdated, LogKeys.GlobalShard);
    private readonly string _words = keys.Stream(StreamCatalog.GovernanceControl, LogKeys.GlobalShard);
    private readonly string _followed = keys.Cursor(keys.SeatsOf(RoleNames.Governance)[0]);
    private readonly RespClient _client = new(endpoint);
    private readonly Lock _lock = new();

    /// <summary>True while this process holds the venue's seat.</summary>
    public bool IsOwner(CancellationToken cancel) => Run(
        connection => connection.Call("HGET", _lease, "owner").TryReadBytes(out var held)
            && held.SequenceEqual(System.Text.Encoding.UTF8.GetBytes(owner)),
        cancel);

    /// <summary>Names the run of the server: another one begins with what the one before had written down.</summary>
    public string ServerRun(CancellationToken cancel) => Run(
        connection => connection.ServerInfoField("server", "run_id") ?? "", cancel);

    /// <summary>Now by the clock that everything here is recorded by, Redis', UTC epoch ms.</summary>
    public long NowMs(CancellationToken cancel) => Run(connection => connection.TimeUs() / 1_000, cancel);

    /// <summary>
    /// Asks for the right to send an order, and records it as sending when it is given. Where Redis has a replica, the
    /// record is on it too before the order leaves: else a failover could forget an order that the venue has. An entry
    /// that no replica confirms in time is taken back; what reduces risk goes all the same.
    /// </summary>
    /// <param name="order">What is to be sent.</param>
    /// <param name="command">Where the command stands on its stream: one command is one try.</param>
    /// <param name="entryUsd">Notional of an entry, USD.</param>
    /// <param name="passOpen">True for what reduces risk, after the open order was asked for in vain.</param>
    /// <param name="cancel">Ends waiting for Redis.</param>
    public SendRight Begin(
        in OrderCommand order, EntryId command, decimal entryUsd, bool passOpen, CancellationToken cancel)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        string[] names =
        [
            _lease, OrderKeys + order.ClientOrderId, Open,
            $"quantum:venue:minute:{order.Symbol}:{Text(now / 60_000)}", Symbols,
            _policies, _words, _followed,
        ];
        string[] arguments =
        [
            owner, order.ClientOrderId, command.ToString(), order.Symbol.Name, EnumText<Side>.Name(order.Side),
            EnumText<OrderType>.Name(order.Type), EnumText<OrderPurpose>.Name(order.Purpose), order.IntentId,
            Text(order.Quantity), order.DeadlineMs is { } deadline ? Text(deadline) : "", order.ReduceOnly ? "0" : "1",
            Text(entryUsd), Text(options.MaxOrdersPerMinute), Text(options.MaxEntriesPerMinute),
            Text(options.MaxEntryUsdPerMinute), Text(KeepMs), passOpen ? "1" : "0", OrderKeys,
            Text(options.GovernanceSilenceMs),
        ];
        // One run: a connection that breaks before the copy is sure may come back to another server, which is asked for
        // the right anew.
        var (right, isCopied) = Run(
            connection =>
            {
                // From here on, not from before Redis was there: what waited for it is as young as its right.
                var askedMs = time.GetUtcNow().ToUnixTimeMilliseconds();
                var reply = Call(connection, s_begin, names, arguments);
                reply.ReadArray();
                var given = new SendRight(VerdictOf(reply.ReadString()), askedMs, reply.ReadString());
                return (given, !given.IsGiven || connection.IsCopied(CopyLimitMs));
            },
            cancel);
        if (isCopied || order.ReduceOnly) return right;
        // By the time that the server gave it: this machine's is another's.
        Settle(order.ClientOrderId, SendState.Absent, right.GrantedMs, cancel);
        return new SendRight(SendVerdict.NotCopied, right.AskedMs, Text(CopyLimitMs));
    }

    /// <summary>Records what became of it; one that is unknown stays open.</summary>
    public void Settle(string clientOrderId, SendState state, long sentMs, CancellationToken cancel) => Run(
        connection => Call(
            connection, s_settle, [OrderKeys + clientOrderId, Open],
            [clientOrderId, WireNames.Of(state), Text(KeepMs), Text(sentMs)]).ReadInteger(),
        cancel);

    /// <summary>What is known of an order; null when it was never sent from here.</summary>
    public SendRecord? Find(string clientOrderId, CancellationToken cancel) => Run(
        connection =>
        {
            var reply = connection.Call("HGETALL", OrderKeys + clientOrderId);
            reply.ThrowIfError();
            return RecordOf(clientOrderId, reply.ReadFields());
        },
        cancel);

    /// <summary>Client ids of the orders of which nobody knows whether the venue has them.</summary>
    public IReadOnlyList<string> OpenIds(CancellationToken cancel) => Members(Open, cancel);

    /// <summary>Every symbol of which an order was ever sent.</summary>
    public IReadOnlyList<string> SymbolsEver(CancellationToken cancel) => Members(Symbols, cancel);

    /// <summary>Up to when a symbol's fills were all read and told, UTC epoch ms; null before the first time.</summary>
    public long? FillsReadToMs(Symbol symbol, CancellationToken cancel) => Run(
        connection =>
        {
            var reply = connection.Call("HGET", FillsRead, symbol.Name);
            reply.ThrowIfError();
            return reply.TryReadBytes(out var text) ? long.Parse(text, CultureInfo.InvariantCulture) : (long?)null;
        },
        cancel);

    /// <summary>Notes up to when a symbol's fills were read and told: whoever comes next goes on from there.</summary>
    public void NoteFillsRead(Symbol symbol, long atMs, CancellationToken cancel) => Run(
        connection =>
        {
            connection.Call("HSET", FillsRead, symbol.Name, Text(atMs)).ThrowIfError();
            return true;
        },
        cancel);

    public void Dispose() => _client.Dispose();

    private static SendRecord? RecordOf(string clientOrderId, Dictionary<string, string> fields)
    {
        if (fields.Count == 0) return null;
        var question = new OrderCommand
        {
            Action = OrderAction.Query,
            ClientOrderId = clientOrderId,
            IntentId = fields["intent"],
            Symbol = Symbol.Parse(fields["symbol"]),
            Side = Enum<Side>(fields, "side"),
            Type = Enum<OrderType>(fields, "type"),
            Purpose = Enum<OrderPurpose>(fields, "purpose"),
            Quantity = decimal.Parse(fields["quantity"], CultureInfo.InvariantCulture),
            ReduceOnly = Enum<OrderPurpose>(fields, "purpose") != OrderPurpose.Entry,
        };
        return new SendRecord(
            question, Enum<SendState>(fields, "state"), long.Parse(fields["sent"], CultureInfo.InvariantCulture));
    }

    private static TEnum Enum<TEnum>(Dictionary<string, string> fields, string field) where TEnum : struct, Enum =>
        EnumText<TEnum>.TryParse(System.Text.Encoding.UTF8.GetBytes(fields[field]), out var value)
            ? value
            : throw new InvalidDataException($"{OrderKeys}…: {field} '{fields[field]}' is none of "
                + $"{EnumText<TEnum>.Allowed}.");

    private static SendVerdict VerdictOf(string word) => word switch
    {
        "SEND" => SendVerdict.Send,
        "PAST" => SendVerdict.SendPastLimit,
        "ASK" => SendVerdict.Ask,
        "OTHER" => SendVerdict.OtherIsOpen,
        "LATE" => SendVerdict.Late,
        "LIMIT" => SendVerdict.Limit,
        "FENCED" => SendVerdict.Fenced,
        "KILLED" => SendVerdict.Killed,
        "HALTED" => SendVerdict.Halted,
        "SILENT" => SendVerdict.Silent,
        _ => throw new InvalidDataException($"begin.lua answered '{word}'."),
    };

    private List<string> Members(string key, CancellationToken cancel) => Run(
        connection =>
        {
            var reply = connection.Call("SMEMBERS", key);
            reply.ThrowIfError();
            var members = new List<string>();
            for (var left = reply.ReadArray(); left > 0; left--) members.Add(reply.ReadString());
            members.Sort(StringComparer.Ordinal);
            return members;
        },
        cancel);

    private TResult Run<TResult>(Func<RespConnection, TResult> call, CancellationToken cancel)
    {
        lock (_lock) return _client.Execute(call, cancel);
    }

    private static RespReader Call(RespConnection connection, RespScript script, string[] names, string[] arguments)
    {
        var writer = connection.BeginWrite();
        script.Begin(writer, names.Length, arguments.Length);
        foreach (var name in names) writer.WriteBulk(name.AsSpan());
        foreach (var argument in arguments) writer.WriteBulk(argument.AsSpan());
        connection.Flush();
        var reply = script.ReadReply(connection);
        reply.ThrowIfError();
        return reply;
    }

    private static string Text<T>(T value) where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    private static RespScript Load(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name + ".lua")
            ?? throw new InvalidOperationException($"the script {name}.lua is not embedded: check the project file.");
        using var reader = new StreamReader(stream);
        return new RespScript(reader.ReadToEnd());
    }
}
