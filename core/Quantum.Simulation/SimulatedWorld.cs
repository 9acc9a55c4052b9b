using Quantum.Backtest.Running;
using Quantum.Backtest.Settings;
using Quantum.EventLog;
using Quantum.EventLog.Runner;
using Quantum.InProcess;
using Quantum.Instruments;
using Quantum.Roles.ExitBrain;
using Quantum.Simulation.Checks;
using Quantum.Simulation.Faults;
using Quantum.Simulation.Seats;
using Quantum.Simulation.Venue;

namespace Quantum.Simulation;

/// <summary>
/// The whole system in one thread: the memory log, the product's runner over every role, the venue gateway, the
/// exchange, the market, and the time, which only moves when the simulation moves it.
/// </summary>
internal sealed class SimulatedWorld : IDisposable
{
    public const TradingMode Mode = TradingMode.Sim;
    public const long FirstMs = 1_766_561_100_000;

    /// <summary>For how long a process of the executor's seats has them, as its service is set.</summary>
    public static readonly TimeSpan ExecutorLease = TimeSpan.FromSeconds(5);

    private const int MostRounds = 500;
    private static readonly RoleSeat s_venue = new(RoleNames.Venue, 0);
    private static readonly RunnerSettings s_runner = new() { Mode = Mode };
    private static readonly RunnerSettings s_executorRunner = s_runner with { LeaseTtl = ExecutorLease };
    private static readonly InstrumentBook s_book = InstrumentBook.BuiltIn;

    private readonly SimulationSettings _settings;
    private readonly Schedule _schedule;
    private readonly SimulatedSeat[] _seats;
    private readonly Dictionary<string, SimulatedSeat[]> _readers = new(StringComparer.Ordinal);
    private readonly SimulatedMarket _market;
    private readonly RunHash _hash = new();

    public SimulatedWorld(SimulationSettings settings)
    {
        _settings = settings;
        Time.MoveTo(FirstMs);
        _schedule = new Schedule(Time);
        Log = new MemoryEventLog(time: Time);
        System = SettingsOf();
        Exchange = new SimulatedExchange(System.SimVenue);
        Wire = new VenueWire(this, Exchange);
        Rights = settings.Alterations.Rights?.Invoke(this) ?? new SendRights(this);
        Witness = new Witness(this);
        Spare = ByName(System);
        _seats = Seats(ByName(System));
        foreach (var stream in StreamCatalog.All)
            _readers[stream.Key] = [.. _seats.Where(seat => seat.Streams.Contains(stream))];
        Log.Appended = OnAppended;
        _market = new SimulatedMarket(this);
        Operator = new EventSource(Log, RoleNames.GovernanceGateway, Mode, traces: false);
        Settle();
    }

    public long Seed => _settings.Seed;

    public TapeTime Time { get; } = new();

    public MemoryEventLog Log { get; }

    /// <summary>The roles' settings.</summary>
    public SystemSettings System { get; }

    /// <summary>How a role is run: the seats of the executor's process have its own, shorter lease.</summary>
    public static RunnerSettings RunnerOf(string role) =>
        role is RoleNames.Executor or RoleNames.Venue ? s_executorRunner : s_runner;

    public SimulatedExchange Exchange { get; }

    public VenueWire Wire { get; }

    public SendRights Rights { get; }

    public SendLedger Ledger { get; } = new();

    public Witness Witness { get; }

    /// <summary>How each role is made, to be held against the one that runs.</summary>
    public IReadOnlyDictionary<string, Func<Role>> Spare { get; }

    public EventSource Operator { get; }

    public IReadOnlyList<SimulatedSeat> AllSeats => _seats;

    public Symbol[] Symbols { get; } = [Symbol.Parse("BTCUSDT"), Symbol.Parse("ETHUSDT"), Symbol.Parse("NEARUSDT")];

    /// <summary>The world's time, UTC epoch ms.</summary>
    public long NowMs => Time.NowMs;

    /// <summary>Until when something that went wrong keeps the system from what it should do, UTC epoch ms.</summary>
    public long HinderedUntilMs { get; private set; }

    /// <summary>Who holds the venue's seat.</summary>
    public string VenueOwner => Log.SeatOf(s_venue).Owner;

    /// <summary>Which step is made, from 0.</summary>
    public int Step { get; private set; }

    /// <summary>Entries of all streams so far.</summary>
    public long Entries { get; private set; }

    public string Hash => _hash.Text;

    public void After(long ms, Action action) => _schedule.After(ms, action);

    public void Hinder(long ms) => HinderedUntilMs = Math.Max(HinderedUntilMs, NowMs + ms);

    public void Say(string what) => _settings.Story?.Invoke(string.Create(
        CultureInfo.InvariantCulture, $"{Step,5} {(NowMs - FirstMs) / 1000.0,9:0.000}s  {what}"));

    public ILogSession OpenSession(SimulatedSeat seat, RoleSeat place)
    {
        var session = Log.OpenSession(place);
        return new SimulatedSession(
            _settings.Alterations.Session?.Invoke(place.Role, session, this) ?? session, seat);
    }

    /// <summary>Makes a step: what is due until then, the faults before it, the market, and what comes of it.</summary>
    public void MakeStep(int step, IEnumerable<Fault> faults)
    {
        Step = step;
        var nextMs = NowMs + Draw.Of(Seed, "step", step).Between(2_000, 8_000);
        while (_schedule.NextMs is { } dueMs && dueMs <= nextMs)
        {
            _schedule.DoNext();
            Settle();
        }

        Time.MoveTo(nextMs);
        foreach (var fault in faults)
        {
            Say($"fault {fault}");
            FaultActs.Do(this, _market, fault);
        }

        _market.Step();
        foreach (var seat in _seats) seat.IsReady = true;
        Settle();
        Witness.EndStep();
    }

    public SimulatedSeat SeatOf(string role) => Array.Find(_seats, seat => seat.Role == role)
        ?? throw new SimulationException($"the simulation has no role '{role}'.");

    public void Dispose()
    {
        Log.Dispose();
        _hash.Dispose();
    }

    private void Settle()
    {
        var first = Draw.Of(Seed, "order", Step, NowMs).Below(_seats.Length);
        for (var round = 0; round < MostRounds; round++)
        {
            var isBusy = false;
            for (var i = 0; i < _seats.Length; i++)
            {
                var seat = _seats[(first + i) % _seats.Length];
                if (!seat.IsReady) continue;
                seat.IsReady = false;
                if (!seat.Step()) continue;
                seat.IsReady = isBusy = true;
            }

            if (!isBusy) return;
        }

        throw new SimulationException($"seed {Seed}, step {Step}: the roles feed each other without end.");
    }

    private void OnAppended(string streamKey, StoredEntry entry)
    {
        Entries++;
        _hash.Add(streamKey, entry);
        if (_readers.TryGetValue(streamKey, out var seats))
            foreach (var seat in seats) seat.IsReady = true;
        Witness.Entry(streamKey, entry);
    }

    private SimulatedSeat[] Seats(IReadOnlyDictionary<string, Func<Role>> makers) =>
    [
        .. makers.Where(maker => RoleNames.IsActiveIn(maker.Key, Mode)).Select(maker => new SimulatedSeat(
            this, maker.Key, _ => new RoleWork(
                maker.Value(), new RoleSeat(maker.Key, 0), Log.Keys, Mode, _settings.SavesCopies))),
        new(this, RoleNames.Venue, owner => new VenueWork(new VenueLanes(this, owner))),
    ];

    private static Dictionary<string, Func<Role>> ByName(SystemSettings settings) =>
        SystemRoles.Of(settings, static () => new SignalSource()).ToDictionary(make => make().Name);

    // Takes profit in parts and moves the stop often, within the minutes that a trade lasts here.
    private static ExitProfile Lively() => new()
    {
        Name = "LIVELY", Targets = [new(0.4m, 0.3m), new(0.8m, 0.3m)], Trailing = [new(0.3m, 0.004m)],
    };

    private static SystemSettings SettingsOf()
    {
        var settings = SystemSettings.For(Mode, isTape: false, s_book.Filters);
        // An hour is to hold many trades, and what stops trading is to be over within it.
        settings.TradingBot.CooldownMs = 60_000;
        settings.Governance.CooldownMs = 180_000;
        settings.ExitBrain.MaxHoldMs = 600_000;
        settings.ExitBrain.WithTrend = settings.ExitBrain.AgainstTrend = settings.ExitBrain.InRange =
            settings.ExitBrain.InVolatile = settings.ExitBrain.InUncertain = settings.ExitBrain.InUnknown = Lively();
        return settings;
    }
}
