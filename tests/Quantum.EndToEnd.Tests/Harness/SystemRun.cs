using System.Globalization;
using System.Text;
using System.Text.Json;
using Quantum.Contracts.Catalog;
using StackExchange.Redis;

namespace Quantum.EndToEnd.Tests.Harness;

/// <summary>A Redis and service processes of one run, set up as the AppHost does; all of it ends with this.</summary>
internal sealed class SystemRun : IDisposable
{
    private const int LogTail = 60;

    private readonly RedisServer _redis;
    private readonly SortedDictionary<string, ProgramRun> _services = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _environment = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _urls = new(StringComparer.Ordinal);
    private readonly StringBuilder _endedLogs = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-e2e-").FullName;
    private readonly string _sizingGrpc = FreeUrl();

    private SystemRun()
    {
        _redis = RedisServer.Start(new RedisServerOptions
        {
            Password = "end-to-end", AppendOnly = true, Arguments = ["--maxmemory-policy", "noeviction"],
        });
        Leash.Add(_redis.ProcessId);
        Connection = ConnectionMultiplexer.Connect(_redis.ConnectionString);
        _environment["ConnectionStrings__redis"] = _redis.ConnectionString;
        _environment["Quantum__Mode"] = "paper";
        _environment["Journal__Path"] = Path.Combine(_folder, "journal.db");
        foreach (var name in BuiltProgram.Services.Keys) _urls[name] = FreeUrl();
    }

    public IConnectionMultiplexer Connection { get; }

    public IDatabase Redis => Connection.GetDatabase();

    public string ConnectionString => _redis.ConnectionString;

    /// <summary>A run in real time, nothing started yet.</summary>
    public static SystemRun InRealTime() => new();

    /// <summary>A run of a recording at full speed, nothing started yet.</summary>
    public static SystemRun OfTape(RecordedMarket market)
    {
        var run = new SystemRun();
        run._environment["Quantum__Tape"] = "true";
        run._environment["Feed__Kind"] = "recorded";
        run._environment["Feed__Path"] = market.File;
        run._environment["Feed__Speed"] = "max";
        // Decided on each minute, so that a day teaches enough for models, signals and trades.
        run._environment["Ai__IntervalMs"] = run._environment["Clm__IntervalMs"] = "60000";
        return run;
    }

    /// <summary>Gives a setting to every service that is started from now on.</summary>
    public void Set(string name, string value) => _environment[name] = value;

    public void StartAll()
    {
        foreach (var name in BuiltProgram.Services.Keys) Start(name);
    }

    public ProgramRun Start(string name)
    {
        var environment = new SortedDictionary<string, string>(_environment, StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = _urls[name],
            ["OTEL_SERVICE_NAME"] = name,
        };
        if (name == "sizing")
        {
            environment["Kestrel__Endpoints__http__Url"] = _urls[name];
            environment["Kestrel__Endpoints__grpc__Url"] = _sizingGrpc;
            environment["Kestrel__Endpoints__grpc__Protocols"] = "Http2";
        }

        if (name == "trading-bot") environment["SIZING_GRPC"] = _sizingGrpc;
        return _services[name] = new ProgramRun(BuiltProgram.Service(name), [], environment);
    }

    /// <summary><c>kill -9</c> and a new start at once.</summary>
    public void KillAndRestart(string name)
    {
        var service = _services[name];
        service.Kill();
        _endedLogs.AppendLine(Tail(name + " (killed)", service));
        service.Dispose();
        Start(name);
    }

    /// <summary>Asks all services to stop, and waits until they have; Redis goes on.</summary>
    public void EndAll(TimeSpan limit)
    {
        foreach (var service in _services.Values) service.Interrupt();
        foreach (var (name, service) in _services)
            if (!service.WaitForEnd(limit)) throw new TimeoutException($"'{name}' did not stop within {limit}.");
    }

    /// <summary>Candles of the tape that were published.</summary>
    public async Task<long> CandlesPlayedAsync() => (await Redis.EndOfAsync(StreamCatalog.MarketKlines.Key)).Added;

    /// <summary>The same, for a thread of its own.</summary>
    public long CandlesPlayed() => Redis.StreamLength(StreamCatalog.MarketKlines.Key);

    /// <summary>Waits for the end of the tape and of everything it led to; gives the summary.</summary>
    public async Task<JsonElement> FinishAsync(TimeSpan limit, Func<Task>? meanwhile = null)
    {
        JsonElement? summary = null;
        await Eventually.TrueAsync(
            async () =>
            {
                ThrowIfOneEnded();
                if (meanwhile is not null) await meanwhile();
                // Adding a run up reads whole streams: not before the tape itself is over.
                if (!await Redis.KeyExistsAsync("quantum:feed:done")) return false;
                summary = await SummaryAsync();
                return summary?.GetProperty("done").GetBoolean() == true;
            },
            limit, "the run is done");
        return summary!.Value;
    }

    /// <summary>What the learning service tells of the run; null while it does not answer.</summary>
    public async Task<JsonElement?> SummaryAsync()
    {
        try
        {
            using var document = JsonDocument.Parse(
                await _http.GetStringAsync(new Uri(_urls["learning"] + "/summary")));
            return document.RootElement.Clone();
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>Runs a test's body; when it fails, the failure carries the services' last lines.</summary>
    public async Task WatchAsync(Func<Task> body)
    {
        try
        {
            await body();
        }
        catch (Exception fault)
        {
            var logs = string.Join('\n', _services.Select(pair => Tail(pair.Key, pair.Value)));
            throw new InvalidOperationException($"{fault.Message}\n{fault.StackTrace}\n\n{_endedLogs}\n{logs}", fault);
        }
    }

    public void Dispose()
    {
        foreach (var service in _services.Values) service.Dispose();
        Connection.Dispose();
        _http.Dispose();
        Leash.Remove(_redis.ProcessId);
        _redis.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string FreeUrl() =>
        string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{RedisServer.FreePort()}");

    private static string Tail(string name, ProgramRun service)
    {
        var lines = (service.Output + service.Error).Split('\n').TakeLast(LogTail);
        return $"---- {name}, process {service.Id}\n{string.Join('\n', lines)}";
    }

    private void ThrowIfOneEnded()
    {
        foreach (var (name, service) in _services)
            if (service.HasEnded) throw new InvalidOperationException(
                $"'{name}' ended with exit code {service.ExitCode}");
    }
}
