using Quantum.EventLog;
using Quantum.EventLog.Redis;
using Quantum.EventLog.Runner;
using Quantum.Resp;

namespace Quantum.Looking;

/// <summary>An operator's word on its way: one event on <c>governance.control</c>, and who must follow it.</summary>
public sealed class OperatorWord
{
    private const int WakeMs = 200;

    private const int MostSearched = 1_000;

    private OperatorWord(string eventId, EntryId id, string follower) =>
        (EventId, Id, Follower) = (eventId, id, follower);

    /// <summary>Its event's id, which what follows from it names.</summary>
    public string EventId { get; }

    /// <summary>The entry that it is.</summary>
    public EntryId Id { get; }

    /// <summary>The role that follows it: governance, the market's feed or the executor.</summary>
    public string Follower { get; }

    /// <summary>
    /// Says it, and returns once it outlives this Redis (<see cref="IEventLog.AppendKept"/>). Throws
    /// <see cref="LookException"/> when this is no system's Redis or the word cannot be followed in its mode, and
    /// <see cref="LogUnavailableException"/> when a failover could forget it.
    /// </summary>
    public static OperatorWord Say(SystemRedis look, in ControlCommand word)
    {
        ArgumentNullException.ThrowIfNull(look);
        var mode = look.RequireMode();
        if (word.RefusalIn(mode) is { } refusal) throw new LookException(refusal);
        var eventId = $"control-{Guid.NewGuid():N}";
        using var log = new RedisEventLog(look.Endpoint, look.Keys);
        var said = new EventSource(log, RoleNames.GovernanceGateway, mode).Publish(
            StreamCatalog.GovernanceControl, word, eventId, look.SystemNowMs(), kept: true);
        return new OperatorWord(eventId, said, FollowerOf(word.Command));
    }

    /// <summary>One that was said before, among the newest 1,000; null when it is none of them.</summary>
    public static (OperatorWord Word, StreamEntry Entry)? Find(SystemRedis look, string eventId)
    {
        ArgumentNullException.ThrowIfNull(look);
        var entry = look.Last(StreamCatalog.GovernanceControl, MostSearched)
            .FirstOrDefault(known => known["event_id"] == eventId);
        return entry is not null
            && EnumText<ControlAction>.TryParse(Encoding.UTF8.GetBytes(entry["command"]), out var command)
                ? (new OperatorWord(eventId, EntryId.Parse(entry.Id), FollowerOf(command)), entry)
                : null;
    }

    /// <summary>
    /// True once whoever follows it has: it acknowledges in the commit that publishes the answer, or after it is done.
    /// </summary>
    public bool IsFollowed(SystemRedis look)
    {
        ArgumentNullException.ThrowIfNull(look);
        return look.Keys.SeatsOf(Follower)
            .SelectMany(seat => look.Keys.LinksOf(seat, StreamCatalog.GovernanceControl))
            .All(link => HasTaken(look, link));
    }

    /// <summary>Waits until it is followed; false when it was not in time.</summary>
    public bool Wait(SystemRedis look, TimeSpan limit)
    {
        ArgumentNullException.ThrowIfNull(look);
        var untilMs = look.NowMs + (long)limit.TotalMilliseconds;
        while (!IsFollowed(look))
        {
            var leftMs = untilMs - look.NowMs;
            if (leftMs <= 0) return false;
            // A policy is its usual answer, so waiting for one wakes at once; a word that changes nothing has none.
            var policies = Encoding.UTF8.GetBytes(PolicyInForce.KeyOf(look));
            var newest = look.Last(PolicyInForce.KeyOf(look))?.Id ?? "0-0";
            var waitMs = (int)Math.Clamp(leftMs, 1, WakeMs);
            var home = look.Home(PolicyInForce.KeyOf(look));
            home.BeginWrite().XRead(policies, EntryId.Parse(newest), 1, waitMs);
            home.Flush();
            home.ReadReply(waitMs + look.Endpoint.ReplyTimeoutMs).ThrowIfError();
        }

        return true;
    }

    private static string FollowerOf(ControlAction command) =>
        new ControlCommand { Command = command, Reason = "", By = "" } switch
        {
            var word when word.IsOfFeed() => RoleNames.MarketPublisher,
            var word when word.IsOfExecutor() => RoleNames.Executor,
            _ => RoleNames.Governance,
        };

    private bool HasTaken(SystemRedis look, LogLink link)
    {
        if (look.Position(link.StreamKey, link.Group) is not { } position || EntryId.Parse(position) < Id)
            return false;
        var (key, id) = (link.StreamKey, Id.ToString());
        return look.Ask("XPENDING", key, link.Group, id, id, "1").ReadArray() == 0;
    }
}
