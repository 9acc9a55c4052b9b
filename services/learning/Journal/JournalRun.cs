using Quantum.Hosting;
using StackExchange.Redis;

namespace Quantum.Learning.Journal;

/// <summary>Which run the journal's rows belong to: the id lives in the run's Redis, so a fresh Redis is a fresh run.</summary>
public sealed record JournalRun(string Id)
{
    private const string Key = "quantum:run:id";

    public static async Task<JournalRun> OfAsync(IConnectionMultiplexer redis)
    {
        ArgumentNullException.ThrowIfNull(redis);
        var database = redis.GetDatabase();
        await database.StringSetAsync(Key, Guid.NewGuid().ToString("N"), when: When.NotExists);
        var id = await database.StringGetAsync(Key);
        return id.IsNullOrEmpty ? throw new StartupException($"the key {Key} vanished from Redis: start again.") : new JournalRun(id.ToString());
    }
}
