using System.Globalization;
using Quantum.Bench.Orders;
using Quantum.EventLog;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.Bench;

/// <summary>
/// Redis and every service, each a process of its own, set up as the AppHost does for a recording on paper; the venue
/// is left out, which paper has no use for. For one thread.
/// </summary>
internal sealed class TapeSystem : IDisposable
{
    /// <summary>The process that is no service.</summary>
    public const string Redis = "redis";

    private const string Venue = "venue";

    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-tape-").FullName;
    private readonly string _sizing = VenueSettings.FreeUrl();
    private readonly SortedDictionary<string, ServiceProcess> _services = new(StringComparer.Ordinal);
    private readonly RedisServer _redis;

    /// <param name="market">The market service's settings: which recording, how fast.</param>
    /// <param name="all">Every service's.</param>
    public TapeSystem((string Name, string Value)[] market, (string Name, string Value)[] all)
    {
        _redis = RedisServer.Start(new RedisServerOptions
        {
            AppendOnly = true, Arguments = ["--maxmemory-policy", "noeviction"],
        });
        Leash.Add(_redis.ProcessId);
        try
        {
            Connection = RespConnection.Connect(RespEndpoint.Parse(_redis.ConnectionString));
            foreach (var (name, _) in BuiltServices.All())
                if (name != Venue) _services[name] = ServiceProcess.Start(name, SettingsOf(name, market, all));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>To look at what the services left.</summary>
    public RespConnection Connection { get; } = null!;

    /// <summary>True once the tape is over.</summary>
    public bool IsDone => Connection.Call("EXISTS", FeedKeys.Done).ReadInteger() == 1;

    /// <summary>Tape time of the last completed step, UTC epoch ms; null before the first.</summary>
    public long? PositionMs => Connection.Call("GET", FeedKeys.Position).TryReadBytes(out var text)
        ? long.Parse(text, CultureInfo.InvariantCulture)
        : null;

    /// <summary>Every process by its name.</summary>
    public IEnumerable<(string Name, int Id)> Processes =>
        [(Redis, _redis.ProcessId), .. _services.Select(pair => (pair.Key, pair.Value.Id))];

    /// <summary>Throws when a service has ended.</summary>
    public void Check()
    {
        foreach (var service in _services.Values) service.Check();
    }

    /// <summary>The last words of every service, for a failure.</summary>
    public string Tails() => string.Join(
        '\n', _services.Select(pair => $"---- {pair.Key}\n{pair.Value.Tail()}"));

    public void Dispose()
    {
        Connection?.Dispose();
        foreach (var service in _services.Values) service.Dispose();
        Leash.Remove(_redis.ProcessId);
        _redis.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private (string Name, string Value)[] SettingsOf(
        string name, (string Name, string Value)[] market, (string Name, string Value)[] every)
    {
        var url = VenueSettings.FreeUrl();
        (string Name, string Value)[] all =
        [
            ("ASPNETCORE_URLS", url), ("ConnectionStrings__redis", _redis.ConnectionString),
            ("Quantum__Mode", "paper"), ("Quantum__Tape", "true"),
            ("Journal__Path", Path.Combine(_folder, "journal.db")),
            ("Results__Folder", Path.Combine(_folder, "results")), ("SIZING_GRPC", _sizing), .. every,
        ];
        return name switch
        {
            "market" => [.. all, .. market],
            "console" => [.. all, ("Kestrel__Endpoints__http__Url", url)],
            "sizing" => [.. all, .. VenueSettings.OfSizing(url, _sizing)],
            _ => all,
        };
    }
}
