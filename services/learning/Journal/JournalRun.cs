using Quantum.EventLog;
using Quantum.Hosting;
using StackExchange.Redis;

namespace Quantum.Learning.Journal;

/// <summary>
/// Which run the journal's rows belong to: the id lives in the run's Redis, so a fresh Redis is a fresh run.
/// </summary>
/// <param name="Id">Random, made at the run's first start.</param>
/// <param name="StartedAtMs">When that was, UTC epoch ms.</param>
public sealed record JournalRun(string Id, long StartedAtMs)
{
    public static async Task<JournalRun> OfAsync(IConnectionMultiplexer redis)
    {
        ArgumentNullException.ThrowIfNull(redis);
        var database = redis.GetDatabase();
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await database.StringSetAsync(LogKeys.Run, $"{Guid.NewGuid():N}@{now}", when: When.NotExists);
        var parts = (await database.StringGetAsync(LogKeys.Run)).ToString().Split('@');
        return parts.Length == 2
            ? new JournalRun(parts[0], long.Parse(parts[1], CultureInfo.InvariantCulture))
            : throw new StartupException(
                $"the key {LogKeys.Run} in Redis is not this system's: use a database of Quantum's own.");
    }
}
