using Quantum.EventLog.Runner;

namespace Quantum.Market.Publishing;

/// <summary>Pauses the feed and lets it go on, as the operator says on <c>governance.control</c>.</summary>
public sealed class FeedControlGateway : Gateway
{
    private readonly FeedSwitch _feed;
    private readonly Func<CancellationToken, IFeedStore> _openStore;
    private readonly TradingMode _mode;
    private readonly ILogger _log;

    /// <param name="feed">What the feed waits on.</param>
    /// <param name="openStore">Where the word is kept over restarts; one for each word, for they are few.</param>
    /// <param name="mode">A venue's own market cannot be paused.</param>
    /// <param name="log">Told what was done.</param>
    public FeedControlGateway(
        FeedSwitch feed, Func<CancellationToken, IFeedStore> openStore, TradingMode mode, ILogger log)
    {
        (_feed, _openStore, _mode, _log) = (feed, openStore, mode, log);
        On(StreamCatalog.GovernanceControl, OnControl);
    }

    public override string Name => RoleNames.MarketPublisher;

    private ValueTask OnControl(ControlCommand word, GatewayInput input, Outbox outbox, CancellationToken cancel)
    {
        if (!word.IsOfFeed()) return ValueTask.CompletedTask;
        if (word.RefusalIn(_mode) is { } refusal)
        {
            outbox.Count("feed", "refused_in_mode");
            _log.LogWarning("{By} asked for {Word}, which is refused: {Reason}", word.By, word.Command, refusal);
            return ValueTask.CompletedTask;
        }

        var isPause = word.Command == ControlAction.FeedPause;
        var store = _openStore(cancel);
        using (store as IDisposable)
            _feed.Take(isPause ? new FeedPause(word.By, word.Reason, input.AtMs) : null, store);
        if (isPause) _log.LogWarning("the feed is paused by {By}: {Reason}", word.By, word.Reason);
        else _log.LogInformation("the feed goes on, by {By}: {Reason}", word.By, word.Reason);
        return ValueTask.CompletedTask;
    }
}
