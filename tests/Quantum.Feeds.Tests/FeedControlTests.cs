using Microsoft.Extensions.Logging.Abstractions;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.EventLog;
using Quantum.InProcess;
using Quantum.EventLog.Runner;
using Quantum.Market;
using Quantum.Market.Publishing;
using Quantum.Testing;

namespace Quantum.Feeds.Tests;

/// <summary>The operator's words for the feed, through the runner of production over a memory log.</summary>
public sealed class FeedControlTests : IDisposable
{
    private readonly MemoryEventLog _log = new();
    private readonly FakeMarketLog _store = new();
    private readonly FeedSwitch _switch = new();
    private int _words;

    public void Dispose()
    {
        _switch.Dispose();
        _store.Dispose();
        _log.Dispose();
    }

    public static TheoryData<TradingMode, ControlAction[], string?> Words => new()
    {
        { TradingMode.Paper, [ControlAction.FeedPause], "because 0" },
        { TradingMode.Sim, [ControlAction.FeedPause, ControlAction.FeedPause], "because 1" },
        { TradingMode.Paper, [ControlAction.FeedPause, ControlAction.FeedResume], null },
        { TradingMode.Paper, [ControlAction.FeedResume], null },
        // What is governance's moves nothing here.
        { TradingMode.Paper, [ControlAction.KillOn, ControlAction.Flatten, ControlAction.Reset], null },
        { TradingMode.Paper, [ControlAction.FeedPause, ControlAction.KillOff], "because 0" },
        // The market of a venue goes on whatever we say.
        { TradingMode.Live, [ControlAction.FeedPause], null },
        { TradingMode.Testnet, [ControlAction.FeedPause], null },
    };

    [Theory, MemberData(nameof(Words))]
    public void The_feed_stands_still_when_its_own_words_say_so(
        TradingMode mode, ControlAction[] words, string? reason)
    {
        using var runner = new GatewayRunner(
            _log, new FeedControlGateway(_switch, _ => _store, mode, NullLogger.Instance),
            new RoleSeat(RoleNames.MarketPublisher, 0), new RunnerSettings { Mode = mode }, "test");
        runner.Start();
        foreach (var word in words) Say(mode, word);
        Eventually.True(() => _log.IsQuiet(_log.Keys.LinksOf([RoleNames.MarketPublisher]), out _));
        Assert.Equal(reason, _store.ReadPause()?.Reason);
        using var soon = new CancellationTokenSource(reason is null ? Timeout.Infinite : 1);
        if (reason is null) Assert.False(_switch.Wait(soon.Token));
        else Assert.Throws<OperationCanceledException>(() => _switch.Wait(soon.Token));
    }

    private void Say(TradingMode mode, ControlAction word)
    {
        var command = new ControlCommand { Command = word, Reason = $"because {_words}", By = "anna" };
        new EventSource(_log, RoleNames.GovernanceGateway, mode).Publish(
            StreamCatalog.GovernanceControl, command, $"control-{_words++}",
            DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
    }
}
