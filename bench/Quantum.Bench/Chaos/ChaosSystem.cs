using System.Globalization;
using Quantum.Bench.Orders;
using Quantum.Contracts.Units;
using Quantum.Feeds.Generated;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.Bench.Chaos;

/// <summary>
/// Redis, the exchange of our own and every service, each a process of its own and set up as the AppHost does for mode
/// sim; each service meets Redis, and its exchange, over a link of its own. For one thread.
/// </summary>
internal sealed class ChaosSystem : IDisposable
{
    // Three for the load, and one that is flat when an operator's word is said.
    private const int Symbols = 4;
    private const string Loopback = "127.0.0.1";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    // What a run of minutes would otherwise be halted for, long after what was wrong is over.
    private static readonly (string Name, string Value)[] s_governance =
    [
        ("Governance__CooldownMs", "1000"), ("Governance__LossStreakDefensive", "1000000"),
        ("Governance__LossStreakHalt", "1000001"),
    ];

    private readonly ChaosDisk _disk = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-chaos-run-").FullName;
    private readonly VenueSettings _settings;
    private readonly ServiceProcess _venue;
    private readonly string _sizing = VenueSettings.FreeUrl();
    private readonly Dictionary<string, string> _urls = [];
    private readonly Dictionary<string, ServiceProcess> _services = [];
    private readonly Dictionary<string, TcpProxy> _links = [];
    private RedisServer _redis;
    private RedisServer? _replica;
    private (string Service, ServiceProcess Process, string Url)? _standby;

    public ChaosSystem(int seed)
    {
        Traded = [.. GeneratedSymbol.Known.Take(Symbols).Select(known => known.Symbol)];
        _settings = new VenueSettings(Traded, seed);
        var venuePort = RedisServer.FreePort();
        Host = string.Create(CultureInfo.InvariantCulture, $"{Loopback}:{venuePort}");
        _redis = StartRedis();
        Harness = new TcpProxy(_redis.Port);
        Endpoint = RespEndpoint.Parse(AddressOf(Harness));
        _venue = ServiceProcess.Start("venue", _settings.OfVenue(Host));
        try
        {
            _venue.Await("listening on", s_patience);
            foreach (var name in ChaosCell.Services)
            {
                _urls[name] = VenueSettings.FreeUrl();
                _links[ChaosCell.LinkOf(name, toVenue: false)] = new TcpProxy(_redis.Port);
                if (ChaosCell.MeetsVenue(name)) _links[ChaosCell.LinkOf(name, toVenue: true)] = new TcpProxy(venuePort);
                Start(name);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<Symbol> Traded { get; }

    /// <summary>The exchange, past all links.</summary>
    public string Host { get; }

    public Uri Rest => new("http://" + Host);

    /// <summary>The way to Redis of whoever watches.</summary>
    public RespEndpoint Endpoint { get; }

    /// <summary>Where a service tells how it is.</summary>
    public Uri HealthOf(string service) => new(_urls[service] + "/health");

    /// <summary>The process that a service is at this moment.</summary>
    public ServiceProcess this[string service] => _services[service];

    /// <summary>Every process that a service has: one, or two while one of them waits.</summary>
    public IEnumerable<int> ProcessesOf(string service) => _standby is { Service: var waits, Process: var second }
        && waits == service ? [_services[service].Id, second.Id] : [_services[service].Id];

    public TcpProxy Link(string name) => _links[name];

    public ChaosDisk Disk => _disk;

    private TcpProxy Harness { get; }

    /// <summary>`kill -9`, and a new start at once.</summary>
    public void Restart(string service)
    {
        _services[service].Dispose();
        Start(service);
    }

    /// <summary>Starts a second process of a service, which waits for its seats.</summary>
    public void AddStandby(string service)
    {
        var url = VenueSettings.FreeUrl();
        _standby = (service, ServiceProcess.Start(service, SettingsOf(service, url)), url);
        _standby.Value.Process.Await("Application started", s_patience);
    }

    /// <summary>The second process is the service from now on, and the first waits.</summary>
    public void Swap(string service)
    {
        var (_, process, url) = _standby ?? throw new InvalidOperationException($"there is no second {service}.");
        _standby = (service, _services[service], _urls[service]);
        (_services[service], _urls[service]) = (process, url);
    }

    /// <summary>Ends whoever waits.</summary>
    public void EndStandby()
    {
        _standby?.Process.Dispose();
        _standby = null;
    }

    /// <summary>`kill -9` of Redis, and a new start from its file.</summary>
    public void RestartRedis()
    {
        EndRedis(_redis, isAll: false);
        _redis.StartAgain();
        Leash.Add(_redis.ProcessId);
    }

    public void FreezeRedis() => _redis.Freeze();

    public void ResumeRedis() => _redis.Resume();

    /// <summary>Adds a replica, and waits until it has everything.</summary>
    public void AddReplica()
    {
        _replica = StartRedis("--replicaof", Loopback, Text(_redis.Port));
        using var replica = RespConnection.Connect(RespEndpoint.Parse(_replica.ConnectionString));
        Eventually.True(() => replica.ServerInfoField("replication", "master_link_status") == "up", s_patience);
    }

    /// <summary>Kills Redis and puts its replica in charge; every link leads there.</summary>
    public void FailOver()
    {
        var promoted = _replica ?? throw new InvalidOperationException("there is no replica to put in charge.");
        EndRedis(_redis, isAll: true);
        (_redis, _replica) = (promoted, null);
        using (var replica = RespConnection.Connect(RespEndpoint.Parse(promoted.ConnectionString)))
        {
            // As any guard of a failover does: it is put in charge once it has seen that the other is gone, and with
            // that taken all that the other had sent.
            Eventually.True(() => replica.ServerInfoField("replication", "master_link_status") == "down", s_patience);
            replica.Call("REPLICAOF", "NO", "ONE").ThrowIfError();
        }

        foreach (var (name, link) in _links)
            if (name.EndsWith(ChaosCell.Redis, StringComparison.Ordinal)) link.LeadTo(promoted.Port);
        Harness.LeadTo(promoted.Port);
    }

    /// <summary>Throws with the last words of a service that ended by itself.</summary>
    public void Check()
    {
        _venue.Check();
        foreach (var service in _services.Values) service.Check();
        _standby?.Process.Check();
    }

    /// <summary>Leaves what every process printed in a folder.</summary>
    public void KeepLogs(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "venue.log"), _venue.Log);
        File.WriteAllText(Path.Combine(folder, "redis.log"), _redis.Log);
        foreach (var (name, service) in _services)
            File.WriteAllText(Path.Combine(folder, name + ".log"), service.Log);
        if (_standby is { Process: var standby })
            File.WriteAllText(Path.Combine(folder, "standby.log"), standby.Log);
    }

    public void Dispose()
    {
        EndStandby();
        foreach (var service in _services.Values) service.Dispose();
        _venue.Dispose();
        foreach (var link in _links.Values) link.Dispose();
        Harness.Dispose();
        if (_replica is not null) EndRedis(_replica, isAll: true);
        EndRedis(_redis, isAll: true);
        _disk.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static void EndRedis(RedisServer redis, bool isAll)
    {
        Leash.Remove(redis.ProcessId);
        if (isAll) redis.Dispose();
        else redis.Kill();
    }

    private RedisServer StartRedis(params string[] further)
    {
        var redis = RedisServer.Start(new RedisServerOptions
        {
            AppendOnly = true, Parent = _disk.Folder,
            Arguments = ["--maxmemory-policy", "noeviction", "--enable-debug-command", "local", .. further],
        });
        Leash.Add(redis.ProcessId);
        return redis;
    }

    private void Start(string name) => _services[name] = ServiceProcess.Start(name, SettingsOf(name, _urls[name]));

    private IEnumerable<(string Name, string Value)> SettingsOf(string name, string url)
    {
        var redis = AddressOf(_links[ChaosCell.LinkOf(name, toVenue: false)]);
        (string Name, string Value)[] all =
        [
            .. VenueSettings.OfService(redis, url), ("Journal__Path", Path.Combine(_folder, "journal.db")),
            ("SIZING_GRPC", _sizing),
        ];
        var own = name switch
        {
            "executor" => _settings.OfExecutor(AddressOf(_links[ChaosCell.LinkOf(name, toVenue: true)])),
            "market" => _settings.OfMarket(AddressOf(_links[ChaosCell.LinkOf(name, toVenue: true)])),
            "governance" => s_governance,
            "sizing" => VenueSettings.OfSizing(_urls[name], _sizing),
            _ => [],
        };
        return [.. all, .. own];
    }

    private static string AddressOf(TcpProxy link) => $"{Loopback}:{Text(link.Port)}";

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
