using Quantum.Backtest.Running;
using Quantum.Backtest.Settings;
using Quantum.EventLog.Runner;
using Quantum.InProcess;
using Quantum.Instruments;
using Quantum.Simulation.Seats;

namespace Quantum.Simulation.Hostile;

/// <summary>A system on paper in one thread, and somebody who writes on all of its streams what does not belong there.
/// </summary>
internal sealed class HostileWorld : IDisposable
{
    private const TradingMode Mode = TradingMode.Paper;
    private const int EntriesOfStep = 20;
    private const int HonestSteps = 100;

    private readonly long _seed;
    private readonly int _mostRounds;
    private readonly HostileResult _result;
    private readonly TapeTime _time = new();
    private readonly MemoryEventLog _log;
    private readonly HostileSeat[] _seats;
    private readonly HostileEntries _entries;
    private readonly HostileMarket _market;
    private readonly Dictionary<string, EventStream> _byKey = StreamCatalog.All.ToDictionary(stream => stream.Key);
    private readonly HashSet<(string Role, string Key, string Id)> _letters = [];
    private readonly List<(EventStream Stream, string Id, string Text)> _open = [];
    private readonly List<string> _written = [];
    private bool _isHostile;
    private bool _isLost;
    private int _step;
    private int _learnt;

    /// <param name="seed">Where all chance comes from.</param>
    /// <param name="result">Told what becomes of the entries.</param>
    /// <param name="alter">Gives another role in the place of one.</param>
    /// <param name="mostRounds">How often all roles may be asked until there is nothing to do.</param>
    public HostileWorld(long seed, HostileResult result, Func<Func<Role>, Func<Role>> alter, int mostRounds)
    {
        (_seed, _result, _mostRounds) = (seed, result, mostRounds);
        _time.MoveTo(SimulatedWorld.FirstMs);
        _log = new MemoryEventLog(time: _time) { Appended = OnAppended };
        _entries = new HostileEntries(SimulatedWorld.FirstMs);
        var settings = SystemSettings.For(Mode, isTape: false, InstrumentBook.BuiltIn.Filters);
        settings.TradingBot.CooldownMs = 60_000;
        settings.Governance.CooldownMs = 120_000;
        settings.ExitBrain.MaxHoldMs = 300_000;
        var runner = new RunnerSettings { Mode = Mode, Time = _time };
        // Every other world has the real AI; one that always signals gives the rest of the chain more to do.
        Func<Role>? signals = seed % 2 == 0 ? static () => new SignalSource() : null;
        _seats =
        [
            .. SystemRoles.Of(settings, signals).Select(make => new HostileSeat(_log, runner, alter(make), result)),
        ];
        _market = new HostileMarket(
            new EventSource(_log, RoleNames.MarketPublisher, Mode, traces: false),
            new EventSource(_log, RoleNames.CrossExchange, Mode, traces: false), seed);
    }

    /// <summary>So many hostile entries, between honest ones.</summary>
    public void Run(int entries, CancellationToken cancel)
    {
        for (var i = 0; i < HonestSteps; i++) Honest();
        // A world that turned without end once does so with everything that follows.
        for (var left = entries; left > 0 && !_isLost; left -= EntriesOfStep)
        {
            cancel.ThrowIfCancellationRequested();
            for (var i = 0; i < Math.Min(left, EntriesOfStep); i++) Hostile();
            Settle();
            Account();
            Honest();
        }

        // What was taken in must not keep a role from starting, nor from what is honest.
        foreach (var seat in _seats) seat.Restart();
        for (var i = 0; i < HonestSteps && !_isLost; i++) Honest();
    }

    public void Dispose()
    {
        foreach (var seat in _seats) seat.Dispose();
        _log.Dispose();
    }

    private void Honest()
    {
        var draw = Draw.Of(_seed, "time", _step);
        _time.MoveTo(_time.NowMs + draw.Between(1_000, 6_000));
        _market.Step(_time.NowMs, ++_step);
        Settle();
    }

    private void Hostile()
    {
        var draw = Draw.Of(_seed, "entry", _result.Entries++);
        var stream = StreamCatalog.All[draw.Below(StreamCatalog.All.Count)];
        var entry = _entries.Make(ref draw, stream, _time.NowMs);
        _isHostile = true;
        var id = _log.Append(stream.Key, entry);
        _isHostile = false;
        _open.Add((stream, id.ToString(), Shown(entry)));
    }

    private void Settle()
    {
        var busy = new List<HostileSeat>();
        for (var round = 0; round < _mostRounds; round++)
        {
            _written.Clear();
            busy.Clear();
            foreach (var seat in _seats)
                if (seat.Step()) busy.Add(seat);
            if (busy.Count == 0) return;
        }

        _result.EndlessTurns++;
        _isLost = true;
        _result.Crash(
            $"endless {busy[0].Seat.Role}",
            $"no end: busy {string.Join(", ", busy.Select(seat => $"{seat.Seat.Role} ({seat.Fault ?? "no fault"})"))}, "
            + $"written in the last round: {string.Join("; ", _written.Take(5))}");
    }

    // Each delivery is in its reader's journal or among the dead letters.
    private void Account()
    {
        foreach (var seat in _seats)
        {
            var handled = seat.Handled();
            foreach (var (stream, id, text) in _open)
            {
                if (!seat.Streams.Contains(stream)) continue;
                if (_letters.Remove((seat.Seat.Role, stream.Key, id))) continue;
                if (handled.Contains((stream.Key, id))) _result.Handled++;
                else if (_result.Dropped.Count < 20) _result.Dropped.Add($"{seat.Seat.Role} {stream} {id}: {text}");
            }
        }

        _open.Clear();
        _letters.Clear();
        foreach (var stream in StreamCatalog.All) _log.DeleteStream(stream.DeadLetterKey);
    }

    private void OnAppended(string key, StoredEntry entry)
    {
        if (_written.Count < 5) _written.Add($"{key} {Shown(entry.Fields)}");
        if (_byKey.TryGetValue(key, out var stream))
        {
            if (!_isHostile) _entries.Learn(stream, entry, _learnt++);
            return;
        }

        if (!key.StartsWith(EventStream.DeadLetterPrefix, StringComparison.Ordinal)) return;
        var (reason, role) = (Text(entry, "dlq_reason"u8), Text(entry, "dlq_role"u8));
        _letters.Add((role, Text(entry, "dlq_stream"u8), Text(entry, "dlq_id"u8)));
        _result.DeadLetters[reason] = _result.DeadLetters.GetValueOrDefault(reason) + 1;
        var why = Text(entry, "dlq_text"u8);
        if (reason is DeadLetters.Poison or DeadLetters.CrashLoop)
            _result.Crash($"{role} {key} {why.Split(':')[0]}", $"{role} on {key}: {why} {Shown(entry.Fields)}");
        else if (reason.Length == 0 || why.Length == 0)
            _result.Crash($"{role} {key} no reason", $"{role} on {key}: a dead letter without reason or words");
    }

    private static string Text(StoredEntry entry, ReadOnlySpan<byte> name) =>
        entry.Fields.TryGet(name, out var value) ? Encoding.UTF8.GetString(value) : "";

    private static string Shown(FieldBuffer entry) => Shown(entry.Fields);

    private static string Shown(in EntryFields fields)
    {
        const int Longest = 60;
        var text = new StringBuilder();
        for (var i = 0; i < fields.Count; i++)
        {
            var value = Encoding.UTF8.GetString(fields.Value(i));
            if (value.Length > Longest) value = value[..Longest] + "…";
            text.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetString(fields.Name(i))}={value} ");
        }

        return text.ToString();
    }
}
