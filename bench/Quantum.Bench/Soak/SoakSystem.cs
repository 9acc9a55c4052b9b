using System.Globalization;
using Quantum.Bench.Orders;
using Quantum.Contracts.Catalog;
using Quantum.EventLog;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.Bench.Soak;

/// <summary>
/// Redis and every service, each a process of its own, set up as the AppHost does for a recording on paper; the venue
/// is left out, which paper has no use for. For one thread.
/// </summary>
internal sealed class SoakSystem : IDisposable
{
    /// <summary>The process that is no service.</summary>
    public const string Redis = "redis";

    private const string Venue = "venue";

    private readonly SoakTape _tape;
    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-soak-").FullName;
    private readonly string _sizing = VenueSettings.FreeUrl();
    private readonly SortedDictionary<string, ServiceProcess> _services = new(StringComparer.Ordinal);
    private readonly RedisServer _redis;
    private readonly RespConnection? _connection;

    public SoakSystem(SoakOptions options)
    {
        _tape = new SoakTape(options);
        _redis = RedisServer.Start(new RedisServerOptions
        {
            AppendOnly = true, Arguments = ["--maxmemory-policy", "noeviction"],
        });
        Leash.Add(_redis.ProcessId);
        try
        {
            _connection = RespConnection.Connect(RespEndpoint.Parse(_redis.ConnectionString));
            foreach (var (name, _) in BuiltServices.All())
                if (name != Venue) _services[name] = ServiceProcess.Start(name, SettingsOf(name, options));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>True once the tape is over.</summary>
    public bool IsDone => _connection!.Call("EXISTS", FeedKeys.Done).ReadInteger() == 1;

    /// <summary>What is used now; null before the tape has begun. Throws when a service has ended.</summary>
    public SoakSample? Measure()
    {
        foreach (var service in _services.Values) service.Check();
        if (!_connection!.Call("GET", FeedKeys.Position).TryReadBytes(out var text)) return null;
        var atMs = long.Parse(text, CultureInfo.InvariantCulture);
        var processes = new SortedDictionary<string, ProcessUse>(StringComparer.Ordinal)
        {
            [Redis] = ProcessUse.Of(_redis.ProcessId),
        };
        foreach (var (name, service) in _services) processes[name] = ProcessUse.Of(service.Id);
        var used = _connection!.ServerInfoField("memory", "used_memory")
            ?? throw new InvalidOperationException("Redis does not tell its used_memory.");
        var streams = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var stream in StreamCatalog.All)
            streams[stream.Name] = _connection!.Call("XLEN", stream.Key).ReadInteger();
        return new SoakSample(
            SoakTape.HoursAt(atMs), processes, double.Parse(used, CultureInfo.InvariantCulture) / 1e6, streams);
    }

    /// <summary>The last words of every service, for a failure.</summary>
    public string Tails() => string.Join(
        '\n', _services.Select(pair => $"---- {pair.Key}\n{pair.Value.Tail()}"));

    public void Dispose()
    {
        _connection?.Dispose();
        foreach (var service in _services.Values) service.Dispose();
        Leash.Remove(_redis.ProcessId);
        _redis.Dispose();
        _tape.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private (string Name, string Value)[] SettingsOf(string name, SoakOptions options)
    {
        var url = VenueSettings.FreeUrl();
        (string Name, string Value)[] all =
        [
            ("ASPNETCORE_URLS", url), ("ConnectionStrings__redis", _redis.ConnectionString),
            ("Quantum__Mode", "paper"), ("Quantum__Tape", "true"),
            ("Journal__Path", Path.Combine(_folder, "journal.db")),
            ("Results__Folder", Path.Combine(_folder, "results")), ("SIZING_GRPC", _sizing),
            // Collected often: what nobody needs any more is not taken for growth (hexadecimal, 4 MB).
            ("DOTNET_GCgen0size", "400000"),
            // Training looks back twelve hours, not thirty days: its window is full when the hours begin that count.
            ("Clm__WindowMs", "43200000"), ("Clm__WindowCandles", "720"),
            // Decided on each minute, so that a day holds models, signals and trades.
            ("Ai__IntervalMs", "60000"), ("Clm__IntervalMs", "60000"),
        ];
        return name switch
        {
            "market" =>
            [
                .. all, ("Feed__Kind", "recorded"), ("Feed__Path", _tape.Folder), ("Feed__Speed", options.SpeedText),
            ],
            "console" => [.. all, ("Kestrel__Endpoints__http__Url", url)],
            "sizing" => [.. all, .. VenueSettings.OfSizing(url, _sizing)],
            _ => all,
        };
    }
}
