using System.Collections.Concurrent;
using Quantum.Console.Live;

namespace Quantum.Console.Access;

/// <summary>
/// The sessions that a logout ended, by number and until their time is up: in memory, where each check looks, and in
/// Redis, so that a restart forgets none. What the one lacks the other gives it, at the start, with each logout and
/// every five seconds: what ended while Redis was away is kept once it is back, and another console's logouts hold
/// here.
/// </summary>
public sealed class EndedSessions(
    ConsoleRedis redis, AccessSettings access, TimeProvider time, ILogger<EndedSessions> log) : BackgroundService
{
    private const string Key = "quantum:console:ended";
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, long> _untilMs = new(StringComparer.Ordinal);
    private readonly Lock _turn = new();
    private SystemRedis? _look;
    private bool _isFailing;
    private volatile bool _isKnown;

    /// <summary>True once Redis has told which ended before this start; until then nobody here knows.</summary>
    public bool IsKnown => _isKnown;

    /// <summary>True for a session that a logout ended.</summary>
    public bool Has(string id) => _untilMs.ContainsKey(id);

    /// <summary>Ends one here at once, and in Redis before it returns where that answers in time.</summary>
    /// <param name="id">The session's number.</param>
    /// <param name="untilMs">When its time would be up, UTC epoch ms.</param>
    public async Task AddAsync(string id, long untilMs)
    {
        _untilMs[id] = untilMs;
        if (!await ExchangeInTimeAsync())
            log.LogWarning(
                "A logout is not kept in Redis yet: it is as soon as that answers; should the console end before, a "
                + "copy of the session's cookie would hold again");
    }

    /// <summary>Asks before the first visitor comes, as long as somebody would wait for a page.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!access.HasLogin) return;
        await ExchangeInTimeAsync();
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        // One that still waits for its answer ends with the process.
        if (!_turn.TryEnter()) return;
        _look?.Dispose();
        _turn.Exit();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await Task.Run(Exchange, stoppingToken).WaitAsync(stoppingToken);
    }

    // What is given up waits on for its answer, alone.
    private async Task<bool> ExchangeInTimeAsync()
    {
        var exchange = Task.Run(Exchange);
        return await Task.WhenAny(exchange, Task.Delay(s_patience, time)) == exchange && await exchange;
    }

    private bool Exchange()
    {
        lock (_turn)
        {
            try
            {
                _look ??= redis.Open();
                Level(_look);
                _isFailing = false;
                return true;
            }
            catch (Exception fault) when (ConsoleRedis.IsFault(fault))
            {
                _look?.Dispose();
                _look = null;
                if (!_isFailing)
                    log.LogWarning(
                        "Redis does not tell which sessions have ended: {Holding}. {Fault}",
                        IsKnown ? "those that are known here stay ended" : "who logged in before this start must again",
                        fault.Message.Split('\n')[0]);
                _isFailing = true;
                return false;
            }
        }
    }

    private void Level(SystemRedis look)
    {
        var now = time.GetUtcNow();
        var nowMs = now.ToUnixTimeMilliseconds();
        var told = look.Hash(Key);
        foreach (var (id, text) in told)
        {
            // What somebody else made unreadable is ended all the same, for as long as a session lasts at most.
            if (!long.TryParse(text, CultureInfo.InvariantCulture, out var untilMs))
                untilMs = now.AddHours(access.SessionHours).ToUnixTimeMilliseconds();
            if (untilMs > nowMs) _untilMs.TryAdd(id, untilMs);
        }

        // Known from here on, whether it takes what is missing there or not.
        _isKnown = true;
        foreach (var (id, untilMs) in _untilMs) if (untilMs <= nowMs) _untilMs.TryRemove(id, out _);
        string[] over = [.. told.Keys.Where(id => !_untilMs.ContainsKey(id))];
        if (over.Length > 0) look.Ask("HDEL", Key, over);
        string[] missing =
        [
            .. _untilMs.Where(ended => !told.ContainsKey(ended.Key)).SelectMany(
                ended => (string[])[ended.Key, ended.Value.ToString(CultureInfo.InvariantCulture)]),
        ];
        if (missing.Length == 0) return;
        look.Ask("HSET", Key, missing);
        look.Ask("PEXPIRE", Key, (_untilMs.Values.Max() - nowMs).ToString(CultureInfo.InvariantCulture));
    }
}
