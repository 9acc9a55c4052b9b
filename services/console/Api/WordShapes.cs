using System.ComponentModel;

namespace Quantum.Console.Api;

/// <summary>Why something is done.</summary>
internal record WordRequest([property: Description("why, at most 300 characters; it is recorded")] string? Reason);

/// <summary>Which risk mode is wanted, and why.</summary>
internal sealed record ModeRequest(
    [property: Description("normal, defensive or halt")] string? Mode, string? Reason) : WordRequest(Reason);

/// <summary>Which position is to be closed, and why.</summary>
internal sealed record CloseRequest(
    [property: Description("the position that is meant, by its id; not given: whichever is open then")]
    string? PositionId, string? Reason) : WordRequest(Reason);

/// <summary>Where the stop of a position is to rest, and why.</summary>
internal sealed record StopRequest(
    [property: Description("quote currency; only tighter than where it rests")] decimal? StopPrice,
    [property: Description("the position that is meant, by its id; not given: whichever is open then")]
    string? PositionId, string? Reason) : WordRequest(Reason);

/// <summary>An operator's word and what has become of it.</summary>
/// <param name="EventId">Its id, by which `GET /words/{eventId}` tells the rest.</param>
/// <param name="Command">What was said.</param>
/// <param name="Symbol">Whose position; null for words to the whole system.</param>
/// <param name="By">Who said it.</param>
/// <param name="Reason">Why.</param>
/// <param name="AtMs">When, UTC epoch ms.</param>
/// <param name="Follower">The role that follows it.</param>
/// <param name="IsFollowed">True once it has.</param>
/// <param name="KillSwitch">Governance's word now; null before the first policy.</param>
/// <param name="ExecutorRefusesEntries">The executor's own word now; null before it has taken a policy.</param>
/// <param name="Outcome">How a word to the executor ended; null before that and for words to others.</param>
internal sealed record WordShape(
    string EventId, string Command, string? Symbol, string By, string Reason, long AtMs, string Follower,
    bool IsFollowed, bool? KillSwitch, bool? ExecutorRefusesEntries, WordOutcome? Outcome)
{
    public static WordShape Of(SystemRedis look, OperatorWord word, StreamEntry entry) => new(
        word.EventId, entry["command"], entry.Words("symbol"), entry["by"], entry["reason"], entry.AtMs, word.Follower,
        word.IsFollowed(look), PolicyInForce.Of(look)?.KillSwitch, ExecutorsPolicy.Of(look)?.KillSwitch,
        WordOutcome.Of(look, word));

    /// <summary>True when nothing more is to come: also the executor goes by what governance has published.</summary>
    public bool IsEnded() => IsFollowed && (Outcome is not null || Command switch
    {
        "kill_on" or "flatten" => ExecutorRefusesEntries == true,
        "kill_off" => ExecutorRefusesEntries == false,
        "close" or "move_stop" => false,
        _ => true,
    });
}
