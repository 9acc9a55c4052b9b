using System.Diagnostics;
using System.Globalization;
using Quantum.Bench.Orders;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Instruments;
using Quantum.Resp;

namespace Quantum.Bench.Chaos;

/// <summary>
/// Runs cells one after the other on one system: brings about the moment, strikes, waits until all is whole, has
/// everything closed, and judges what is new. For one thread.
/// </summary>
internal sealed class ChaosRun : IDisposable
{
    private const string Asked = "orders-";
    private const int OrdersOfLoad = 6;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(120);
    // What the cell before left behind may halt entries for a while: a guard that slept twice halts them for 15 s.
    private static readonly TimeSpan s_moment = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan s_resolved = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_tripHolds = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_blind = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(250);

    private readonly ChaosSystem _system;
    private readonly VenueAdmin _admin;
    private readonly RespClient _redis;
    private readonly PlayedServices _services;
    private readonly PriceRelay _prices;
    private readonly ExecutorView _view;
    private readonly StreamEnd _intentStream;
    private readonly HashSet<string> _intents = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly SymbolTrader[] _traders;
    private readonly ManualResetEventSlim _never = new();
    private readonly CancellationToken _cancel;
    private readonly CancellationTokenRegistration _onCancel;
    private long _looked;

    public ChaosRun(int seed, CancellationToken cancel)
    {
        _cancel = cancel;
        _system = new ChaosSystem(seed);
        _admin = new VenueAdmin(_system.Rest);
        _redis = new RespClient(_system.Endpoint);
        _services = new PlayedServices(_system.Endpoint);
        _prices = new PriceRelay(new Uri("ws://" + _system.Host), null, _system.Traded);
        // It waits for a Redis that is away, however long.
        _onCancel = cancel.Register(_redis.Dispose);
        _view = new ExecutorView(_redis);
        _intentStream = new StreamEnd(_redis, StreamCatalog.TradeIntent.Key);
        var random = new Random(seed);
        _traders =
        [
            .. _system.Traded.Select(symbol => new SymbolTrader(
                InstrumentBook.BuiltIn.Find(symbol)!.Filters, _services, _prices, new Random(random.Next()))),
        ];
    }

    /// <summary>Waits until the system is whole and has filled an order of ours.</summary>
    public void Await()
    {
        using var watch = new RecoveryWatch(_system, _redis);
        var waited = "the first look";
        if (!Until(() => IsTimeToLook() && (waited = watch.Waited()) is null && _view.IsCompared(), s_start, _ => null))
            throw new InvalidOperationException($"the system did not get ready: {waited}");
        var isFilled = false;
        if (!Until(() => isFilled, s_start, traders => traders, result => isFilled |= HasEndedWell(result, 0)))
            throw new InvalidOperationException("no order was filled before the first fault: "
                + (_view.Results is [.., var last] ? $"{last.ReasonCode} {last.Reason}" : "no result"));
        if (Settle(s_resolved) is [var first, ..])
            throw new InvalidOperationException($"before the first fault there is a finding: {first.Words}");
    }

    /// <summary>Runs one cell; throws when it takes longer than the sum of what its parts may take.</summary>
    public ChaosOutcome Run(ChaosCell cell)
    {
        using var bound = new Timer(_ => _redis.Dispose(), null, s_longest, Timeout.InfiniteTimeSpan);
        try
        {
            return RunParts(cell);
        }
        catch (ObjectDisposedException) when (!_cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"the cell took longer than {s_longest.TotalSeconds} s: Redis does not answer.");
        }
    }

    private ChaosOutcome RunParts(ChaosCell cell)
    {
        var parts = new PartTimes();
        using var protection = new ProtectionWatch(_system.Rest);
        var strike = new ChaosStrike(_system, _admin);
        if (cell.Fault == ChaosFault.Failover) _system.AddReplica();
        if (cell.HasStandby) _system.AddStandby(cell.Service);
        parts.Ends("set up");
        Bring(cell.Moment);
        var trip = cell.Moment == ChaosMoment.Trip ? Trip() : default;
        parts.Ends("moment");
        var started = Stopwatch.GetTimestamp();
        strike.Begin(cell);
        if (cell.HidesRedis) Pause(cell.Lasts);
        else Until(() => Stopwatch.GetElapsedTime(started) >= cell.Lasts, cell.Lasts, During(cell));
        if (cell.Lasts > TimeSpan.Zero) started = Stopwatch.GetTimestamp();
        strike.End(cell);
        _admin.EndFaults();
        parts.Ends("fault");
        var (recovery, waited) = Recover(started, trip);
        parts.Ends("recovery");
        var after = trip == default ? [] : EntriesAfter(trip);
        if (trip != default) Release();
        parts.Ends("word");
        var left = s_resolved - Stopwatch.GetElapsedTime(started);
        var findings = Settle(left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1));
        protection.Stop();
        _system.EndStandby();
        parts.Ends("close");
        return new ChaosOutcome
        {
            Cell = cell, Findings = findings, EntriesAfterTrip = after, UnprotectedBeyond = protection.Beyond,
            Recovery = recovery, Waited = waited, Parts = parts.All,
        };
    }

    /// <summary>Leaves the logs of every process in a folder.</summary>
    public void KeepLogs(string folder) => _system.KeepLogs(folder);

    public void Dispose()
    {
        _onCancel.Dispose();
        _prices.Dispose();
        _services.Dispose();
        _redis.Dispose();
        _admin.Dispose();
        _system.Dispose();
        _never.Dispose();
    }

    private static bool HasEndedWell(ToldResult result, int after) =>
        result is { IsIntent: true, IntentId: { } id, Outcome: "filled" or "partially_filled" or "applied" }
        && id.StartsWith(Asked, StringComparison.Ordinal)
        && int.TryParse(id.AsSpan(Asked.Length), CultureInfo.InvariantCulture, out var number) && number > after;

    // Who trades on while it lasts.
    private static Func<SymbolTrader[], SymbolTrader[]?> During(ChaosCell cell) => cell.Moment switch
    {
        ChaosMoment.Load => traders => traders[..^1],
        ChaosMoment.Trip => traders => traders,
        _ => _ => null,
    };

    private void Bring(ChaosMoment moment)
    {
        if (moment == ChaosMoment.Idle) return;
        var (commanded, accepted) = (_view.Commanded.Count, _admin.Truth().Accepted.Count);
        var isThere = moment switch
        {
            ChaosMoment.Answer => DelayNext("POST /fapi/v1/order", isBefore: false,
                () => _admin.Truth().Accepted.Count > accepted),
            ChaosMoment.Gap => DelayNext("POST /fapi/v1/algoOrder", isBefore: true,
                () => _admin.Live() is { Positions.Count: > 0 } live && !live.Orders.Any(order => order.IsConditional)),
            _ => Until(() => _view.Commanded.Count >= commanded + OrdersOfLoad, s_moment,
                traders => traders[..^1]),
        };
        if (!isThere)
            throw new InvalidOperationException($"the moment '{moment}' did not come within {s_moment.TotalSeconds} s");
    }

    // An entry is commanded behind the word while governance cannot have read it: only the send itself can stop it.
    private EntryId Trip()
    {
        var link = _system.Link(ChaosCell.LinkOf(ServiceHosts.Of(RoleNames.Governance).Name, toVenue: false));
        link.IsCut = true;
        var trip = _services.Say(ControlAction.KillOn, "the moment of a cell");
        var entries = Entries();
        Until(() => Entries() > entries, s_blind, traders => traders[^1..]);
        link.IsCut = false;
        return trip;

        int Entries() => _view.Commanded.Values.Count(order => order.Purpose == "entry");
    }

    // One symbol enters, and one request about it is late.
    private bool DelayNext(string request, bool isBefore, Func<bool> isThere)
    {
        _admin.Order(new Dictionary<string, object>
        {
            ["kind"] = "delay", ["before"] = isBefore, ["delayMs"] = 4_000, ["request"] = request, ["next"] = 1,
        });
        return Until(isThere, s_moment, traders => traders[..1]);
    }

    private (TimeSpan? Took, string? Waited) Recover(long started, EntryId trip)
    {
        var asked = _services.Asked.Count;
        using var watch = new RecoveryWatch(_system, _redis);
        string? waited = null;
        var hasEnded = trip != default;
        var isWhole = Until(() =>
        {
            if (!IsTimeToLook()) return false;
            waited = watch.Waited() ?? (hasEnded ? null : "no order has ended well since");
            if (trip != default && !IsKilled()) waited = "no policy follows the word: " + waited;
            return waited is null;
        }, s_resolved - Stopwatch.GetElapsedTime(started), traders => traders,
            result => hasEnded |= HasEndedWell(result, asked));
        return (isWhole ? Stopwatch.GetElapsedTime(started) : null, waited);
    }

    // Entries are asked for a while longer, and none may leave.
    private List<string> EntriesAfter(EntryId trip)
    {
        Until(() => false, s_tripHolds, traders => traders);
        var accepted = _admin.Truth().Accepted;
        return
        [
            .. from order in _view.Commanded.Values
               where order.Purpose == "entry" && accepted.ContainsKey(order.ClientId)
               let sentMs = SentMs(order.ClientId)
               where sentMs > trip.Ms
               select FormattableString.Invariant($"{order.ClientId} at {sentMs}, the word stands at {trip}"),
        ];
    }

    private void Release()
    {
        _services.Say(ControlAction.KillOff, "the cell is over");
        Until(() => !IsKilled(), s_moment, _ => null);
    }

    // Everything is closed; gives what is new of what is wrong.
    private List<Finding> Settle(TimeSpan patience)
    {
        var findings = new List<Finding>();
        Until(() =>
        {
            if (!IsTimeToLook()) return false;
            findings = [.. Findings().Where(finding => !_known.Contains(finding.Words))];
            return _traders.All(trader => trader.IsFlat) && _view.IsEven(_admin.Live()) && findings.Count == 0;
        }, patience, _ => null, isClosing: true);
        _known.UnionWith(findings.Select(finding => finding.Words));
        return findings;
    }

    private IReadOnlyList<Finding> Findings() => new OrdersCheck
    {
        Truth = _admin.Truth(), Asked = [.. _intents.Union(_services.Asked)], Commanded = [.. _view.Commanded.Values],
        Results = _view.Results, Remembered = _view.Remembered(), Open = _view.Open(),
    }.Findings();

    // Looks again and again until it is so, or the time is over.
    private bool Until(
        Func<bool> isDone, TimeSpan patience, Func<SymbolTrader[], SymbolTrader[]?> who,
        Action<ToldResult>? onResult = null, bool isClosing = false)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            _cancel.ThrowIfCancellationRequested();
            foreach (var result in _view.Read())
            {
                onResult?.Invoke(result);
                var at = Array.FindIndex([.. _system.Traded], symbol => symbol.Name == result.Symbol);
                if (at >= 0) _traders[at].Take(result);
            }

            foreach (var intent in _intentStream.News()) _intents.Add(intent["event_id"]);
            if (isDone()) return true;
            if (clock.Elapsed > patience) return false;
            foreach (var trader in isClosing ? _traders : who(_traders) ?? []) trader.Step(mayOpen: !isClosing);
            _system.Check();
            _prices.Check();
            _never.Wait(s_pause, _cancel);
        }
    }

    // What is costly to ask is not asked at every turn.
    private bool IsTimeToLook()
    {
        if (Stopwatch.GetElapsedTime(_looked) < s_look) return false;
        _looked = Stopwatch.GetTimestamp();
        return true;
    }

    private void Pause(TimeSpan time) => _never.Wait(time, _cancel);

    private bool IsKilled() => _redis.Execute(connection =>
    {
        var reply = connection.Call("XREVRANGE", StreamCatalog.PolicyUpdated.Key, "+", "-", "COUNT", "1");
        reply.ThrowIfError();
        if (reply.ReadArray() == 0) return false;
        reply.ReadArray();
        reply.ReadId();
        return reply.ReadFields()["kill_switch"] == "true";
    });

    // When the right to send was given, by the clock of Redis; 0 where it was never.
    private long SentMs(string clientId) => _redis.Execute(connection =>
        connection.Call("HGET", "quantum:venue:order:" + clientId, "sent").TryReadBytes(out var text)
            ? long.Parse(text, CultureInfo.InvariantCulture)
            : 0);
}
