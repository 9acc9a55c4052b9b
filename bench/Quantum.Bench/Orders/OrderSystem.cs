using System.Globalization;
using Quantum.Contracts.Units;
using Quantum.Feeds.Generated;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.Bench.Orders;

/// <summary>
/// Redis, the venue and the executor in mode sim, each a process of its own.
/// </summary>
internal sealed class OrderSystem : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly OrdersOptions _options;
    private readonly string _host;
    private readonly VenueSettings _settings;
    private readonly RedisServer _redis;
    private readonly ServiceProcess _venue;
    private ServiceProcess _executor;

    public OrderSystem(OrdersOptions options)
    {
        _options = options;
        Symbols = [.. GeneratedSymbol.Known.Take(options.Symbols).Select(known => known.Symbol)];
        _host = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{RedisServer.FreePort()}");
        _settings = new VenueSettings(Symbols, options.Seed);
        _redis = RedisServer.Start(new RedisServerOptions { AppendOnly = true });
        Endpoint = RespEndpoint.Parse(_redis.ConnectionString);
        _venue = ServiceProcess.Start("venue", _settings.OfVenue(_host));
        try
        {
            _venue.Await("listening on", s_patience);
            _executor = StartExecutor();
        }
        catch
        {
            _venue.Dispose();
            _redis.Dispose();
            throw;
        }
    }

    public IReadOnlyList<Symbol> Symbols { get; }

    public RespEndpoint Endpoint { get; }

    /// <summary>Where the venue's requests go.</summary>
    public Uri Rest => new("http://" + _host);

    /// <summary>Where its streams come from.</summary>
    public Uri Streams => new("ws://" + _host);

    /// <summary>Ends the executor without a warning and starts another one.</summary>
    public void RestartExecutor()
    {
        KeepLog();
        _executor.Dispose();
        _executor = StartExecutor();
    }

    /// <summary>Throws with the last words of a service that ended.</summary>
    public void Check()
    {
        _venue.Check();
        _executor.Check();
    }

    public void Dispose()
    {
        KeepLog();
        if (_options.LogFolder is { } folder) File.WriteAllText(Path.Combine(folder, "venue.log"), _venue.Log);
        _executor.Dispose();
        _venue.Dispose();
        _redis.Dispose();
    }

    private ServiceProcess StartExecutor() => ServiceProcess.Start(
        "executor",
        [
            .. VenueSettings.OfService(_redis.ConnectionString, VenueSettings.FreeUrl()),
            .. _settings.OfExecutor(_host),
        ]);

    private void KeepLog()
    {
        if (_options.LogFolder is { } folder)
            File.AppendAllText(Path.Combine(folder, "executor.log"), _executor.Log + "\n---- ended ----\n");
    }
}
