using Quantum.EventLog;

namespace Quantum.Looking;

/// <summary>What the market's feed does now.</summary>
public enum FeedState
{
    Running,
    Paused,

    /// <summary>The recording is over.</summary>
    Ended,

    /// <summary>In real time, and no price is as fresh as it must be.</summary>
    Silent,

    /// <summary>No market service lives.</summary>
    Down,
}

/// <summary>The market's feed, as an operator asks about it.</summary>
/// <param name="State">What it does.</param>
/// <param name="By">Who paused it; null while it is not paused.</param>
/// <param name="Reason">Why it is paused.</param>
/// <param name="PausedAtMs">Since when, in the system's time, UTC epoch ms.</param>
/// <param name="NewestTickMs">Time of the newest price, UTC epoch ms; null before the first.</param>
public sealed record FeedNow(FeedState State, string? By, string? Reason, long? PausedAtMs, long? NewestTickMs)
{
    public static FeedNow Of(SystemRedis look)
    {
        var tick = look.Last(StreamCatalog.MarketTick, 1).MaxBy(entry => entry.AtMs)?.AtMs;
        if (look.Hash(FeedKeys.Done).Count > 0) return new FeedNow(FeedState.Ended, null, null, null, tick);
        // Told also while the market service is down: after its start it stands still as before.
        if (look.Hash(FeedKeys.Pause) is { Count: > 0 } pause)
        {
            return new FeedNow(
                FeedState.Paused, pause.GetValueOrDefault("by"), pause.GetValueOrDefault("reason"),
                long.TryParse(pause.GetValueOrDefault("at_ms"), CultureInfo.InvariantCulture, out var ms) ? ms : null,
                tick);
        }

        var lives = look.Keys.SeatsOf(RoleNames.MarketPublisher).All(look.IsHeld);
        var isSilent = !look.IsTape
            && !(look.NowMs - tick <= StreamCatalog.MarketTick.FreshnessLimit!.Value.TotalMilliseconds);
        var state = !lives ? FeedState.Down : isSilent ? FeedState.Silent : FeedState.Running;
        return new FeedNow(state, null, null, null, tick);
    }
}
