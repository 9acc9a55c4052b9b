using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Quantum.Contracts.Events;
using Quantum.Governance.Alerts;
using Quantum.Governance.Watchdog;
using Quantum.Testing;

namespace Quantum.Services.Tests.Watchdog;

/// <summary>Order, bounds, pauses and what counts as told.</summary>
public sealed class AlertChannelsTests : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly WatchdogMeter _meter = new();
    private readonly Logged<AlertChannels> _log = new();
    private readonly HandClock _clock = new();

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void What_does_not_arrive_waits_and_is_delivered_later_in_order()
    {
        var channel = new Channel { Answer = new AlertOutcome(AlertState.Later, "it is away") };
        using var channels = Channels(channel);
        channels.Tell([Change("a")]);
        Eventually.True(() => _log.Lines.Count == 1);
        channels.Tell([Change("b")]);
        channel.Answer = AlertOutcome.Delivered;
        channels.Nudge();
        Assert.Empty(channels.TakeTold());

        _clock.Now += TimeSpan.FromSeconds(5);
        channels.Nudge();
        Eventually.True(() => channel.Sent.Count == 3);
        Assert.Equal(["a", "a", "b"], channel.Sent.Select(alert => alert.Findings[0].Code));
        Assert.Single(_log.Lines, line => line.Contains("do not arrive: it is away", StringComparison.Ordinal));
        Assert.Single(_log.Lines, line => line.Contains("arrive again", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pause_that_is_asked_for_is_kept()
    {
        var channel = new Channel { Answer = new AlertOutcome(AlertState.Later, "", TimeSpan.FromSeconds(40)) };
        using var channels = Channels(channel);
        channels.Tell([Change("a")]);
        Eventually.True(() => _log.Lines.Count == 1);
        channel.Answer = AlertOutcome.Delivered;
        var from = _clock.Reads;
        foreach (var _ in Enumerable.Range(0, 3))
        {
            _clock.Now += TimeSpan.FromSeconds(13);
            channels.Nudge();
        }

        Eventually.True(() => _clock.Reads >= from + 3);
        Assert.Single(channel.Sent);
        _clock.Now += TimeSpan.FromSeconds(1);
        channels.Nudge();
        Eventually.True(() => channel.Sent.Count == 2);
    }

    [Fact]
    public void The_oldest_is_given_up_when_too_many_wait()
    {
        var channel = new Channel { Answer = new AlertOutcome(AlertState.Later, "it is away") };
        using var channels = Channels(channel);
        for (var i = 0; i <= AlertQueue.Most; i++) channels.Tell([Change($"{i}")]);
        Assert.Single(_log.Lines, line => line.Contains("is given up", StringComparison.Ordinal));
        channel.Answer = AlertOutcome.Delivered;
        _clock.Now += TimeSpan.FromHours(1);
        channels.Nudge();
        Eventually.True(() => channels.TakeTold().Any(change => change.Finding.Code == $"{AlertQueue.Most}"));
        Assert.Equal($"{AlertQueue.Most}", channel.Sent[^1].Findings[0].Code);
    }

    [Fact]
    public void What_one_channel_took_is_told_and_what_none_took_is_not()
    {
        var (takes, refuses) = (new Channel(), new Channel { Answer = new(AlertState.Refused, "mend it") });
        using (var both = Channels(takes, refuses))
        {
            both.Tell([Change("a")]);
            Eventually.True(() => both.TakeTold().Count == 1);
        }

        using var none = Channels(refuses);
        none.Tell([Change("b")]);
        Eventually.True(() => _log.Lines.Count(line => line.StartsWith("Error", StringComparison.Ordinal)
            && line.Contains("mend it", StringComparison.Ordinal)) == 2);
        Assert.Empty(none.TakeTold());
        Assert.Single(refuses.Sent, alert => alert.Findings[0].Code == "b");
    }

    [Fact]
    public void A_slow_channel_holds_up_no_other()
    {
        var (away, takes) = (new Channel { Answer = new(AlertState.Later, "it is away") }, new Channel());
        using var channels = Channels(away, takes);
        channels.Tell([Change("a")]);
        channels.Tell([Change("b")]);
        Eventually.True(() => takes.Sent.Count == 2);
        Assert.Empty(channels.TakeTold());
    }

    [Fact]
    public void What_is_not_worth_an_alert_or_has_no_channel_is_told_at_once()
    {
        var channel = new Channel();
        using var channels = Start(new AlertChannels([channel], Severity.Critical, "paper", _meter, _log, _clock));
        channels.Tell([Change("a") with { Finding = Change("a").Finding with { Severity = Severity.Warning } }]);
        Assert.Single(channels.TakeTold());
        using var silent = Channels();
        silent.Tell([Change("b")]);
        Assert.Single(silent.TakeTold());
        Assert.Empty(channel.Sent);
    }

    [Fact]
    public void Alerts_are_counted_by_channel_and_outcome()
    {
        var counts = new ConcurrentQueue<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, heard) =>
        {
            if (instrument.Name == "quantum.watchdog.alerts") heard.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            counts.Enqueue($"{tags[0].Value}/{tags[1].Value}"));
        listener.Start();
        using var channels = Channels(new Channel());
        channels.Tell([Change("a")]);
        Eventually.True(() => counts.Contains("test/delivered"));
    }

    private AlertChannels Channels(params IAlertChannel[] channels) =>
        Start(new AlertChannels(channels, Severity.Warning, "paper", _meter, _log, _clock));

    private AlertChannels Start(AlertChannels channels)
    {
        _ = channels.RunAsync(_end.Token);
        return channels;
    }

    private static FindingChange Change(string code) => new(ChangeKind.Raised, new WatchedFinding
    {
        Code = code, Severity = Severity.Critical, Text = "text", Mend = "mend",
    }, 0, 0);

    private sealed class HandClock : TimeProvider
    {
        private int _reads;
        private long _ticks = new DateTimeOffset(2025, 12, 4, 0, 0, 0, TimeSpan.Zero).Ticks;

        public DateTimeOffset Now
        {
            get => new(Volatile.Read(ref _ticks), TimeSpan.Zero);
            set => Volatile.Write(ref _ticks, value.Ticks);
        }

        public int Reads => Volatile.Read(ref _reads);

        public override DateTimeOffset GetUtcNow()
        {
            Interlocked.Increment(ref _reads);
            return Now;
        }
    }

    private sealed class Channel : IAlertChannel
    {
        private readonly ConcurrentQueue<Alert> _sent = new();
        private volatile AlertOutcome _answer = AlertOutcome.Delivered;

        public string Name => "test";

        public AlertOutcome Answer
        {
            get => _answer;
            set => _answer = value;
        }

        public IReadOnlyList<Alert> Sent => [.. _sent];

        public Task<AlertOutcome> SendAsync(Alert alert, CancellationToken cancel)
        {
            var answer = Answer;
            _sent.Enqueue(alert);
            return Task.FromResult(answer);
        }
    }
}
