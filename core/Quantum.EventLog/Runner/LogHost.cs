using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.EventLog.Redis;
using Quantum.Resp;

namespace Quantum.EventLog.Runner;

/// <summary>
/// Runs the roles and gateways of one process: checks Redis and the catalog, starts one runner per seat, tells the
/// others that it is alive. Plain start and stop, for whatever hosts it.
/// </summary>
public sealed class LogHost : IDisposable
{
    private readonly LogHostSettings _settings;
    private readonly RespEndpoint _endpoint;
    private readonly SeatPlacement _placement;
    private readonly List<(string Name, IReadOnlyList<EventStream> Streams)> _bound = [];
    private readonly List<Action> _rehearsals = [];
    private readonly List<Func<SeatRunner>> _makers = [];
    private readonly List<SeatRunner> _runners = [];
    private readonly HashSet<string> _seated = [];
    private readonly ManualResetEventSlim _stopping = new();
    private Thread? _heart;

    public LogHost(string connectionString, LogHostSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        _endpoint = RespEndpoint.Parse(connectionString);
        _placement = new SeatPlacement(settings.Instance);
        Log = new RedisEventLog(_endpoint, new LogKeys(settings.Shards), settings.Runner.Time)
        {
            IsTape = settings.Runner.IsTape,
        };
    }

    public RedisEventLog Log { get; }

    /// <summary>Who asks for the seats here: new for each start of a process.</summary>
    public string Instance => _settings.Instance;

    /// <summary>What start-up found dangerous but allowed.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>How far every seat of this process is, per stream.</summary>
    public IReadOnlyList<RunnerProgress> Progress => [.. _runners.SelectMany(runner => runner.Progress)];

    /// <summary>Adds a role; <paramref name="make"/> gives a fresh one for each seat.</summary>
    public LogHost Add(Func<Role> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        var sample = make();
        Bind(sample.Name, sample.Subscriptions.Select(subscription => subscription.Stream));
        _rehearsals.Add(sample.State.Rehearse);
        foreach (var seat in Log.Keys.SeatsOf(sample.Name))
            _makers.Add(
                () => new RoleRunner(Log, make(), seat, _settings.Runner, _settings.Instance, _placement.Wants));
        return this;
    }

    /// <summary>Adds a gateway; <paramref name="make"/> gives a fresh one for each seat.</summary>
    public LogHost AddGateway(Func<Gateway> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        var sample = make();
        Bind(sample.Name, sample.Subscriptions.Select(subscription => subscription.Stream));
        foreach (var seat in Log.Keys.SeatsOf(sample.Name))
            _makers.Add(
                () => new GatewayRunner(Log, make(), seat, _settings.Runner, _settings.Instance, _placement.Wants));
        return this;
    }

    /// <summary>Checks, then starts everything. Throws with one line that names the mend.</summary>
    public void Start()
    {
        if (_settings.ChecksCatalog) BindingCheck.Verify(_bound);
        var runner = _settings.Runner;
        Warnings = RedisPreflight.Check(
            _endpoint, Log.Keys, runner.Mode, runner.IsTape, _settings.RequireAppendOnly, _settings.Owner);
        Rehearse();
        Beat();
        foreach (var make in _makers) _runners.Add(make());
        foreach (var seat in _runners) seat.Start();
        _heart = new Thread(KeepBeating) { IsBackground = true, Name = "log heartbeat" };
        _heart.Start();
    }

    // Code is compiled when it is first called. Here nobody waits for it; the first order of a run would.
    private void Rehearse()
    {
        foreach (var rehearsal in _rehearsals) rehearsal();
        var streams = _bound.SelectMany(bound => bound.Streams.Concat(StreamCatalog.WrittenBy(bound.Name))).Distinct();
        foreach (var stream in streams) stream.Rehearse();
    }

    /// <summary>Drains all seats side by side; true when every one finished within the drain time.</summary>
    public bool Stop()
    {
        _stopping.Set();
        _heart?.Join();
        _heart = null;
        var drained = new bool[_runners.Count];
        var threads = _runners.Select(
            (runner, i) => new Thread(() => drained[i] = runner.Stop()) { IsBackground = true }).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        Tell(TimeSpan.Zero);
        return Array.TrueForAll(drained, done => done);
    }

    public void Dispose()
    {
        Stop();
        foreach (var runner in _runners) runner.Dispose();
        _runners.Clear();
        Log.Dispose();
        _stopping.Dispose();
    }

    private void Bind(string name, IEnumerable<EventStream> streams)
    {
        if (!_seated.Add(name))
            throw new InvalidOperationException(
                $"'{name}' is bound twice in this process: one role or gateway per name holds its seats.");
        _bound.Add((name, [.. streams]));
    }

    private void KeepBeating()
    {
        while (!_stopping.Wait(_settings.HeartbeatEvery)) Tell(_settings.AliveFor);
    }

    private void Tell(TimeSpan aliveFor)
    {
        try
        {
            _placement.Update(Log.Heartbeat(Members(), aliveFor));
        }
        catch (Exception e) when (e is LogUnavailableException or LogRefusedException)
        {
            // Members are advice: with old advice the leases still decide.
        }
    }

    private void Beat() => _placement.Update(Log.Heartbeat(Members(), _settings.AliveFor));

    private string[] Members() =>
        [.. _bound.Select(bound => SeatPlacement.MemberOf(bound.Name, _settings.Instance)).Distinct()];
}
