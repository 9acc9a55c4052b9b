using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Quantum.ServiceDefaults.Outside;
using Quantum.Testing;

namespace Quantum.ServiceDefaults.Tests;

public sealed class OutsideCallsTests
{
    private static readonly OutsideCallSettings Quick = new()
    {
        AttemptTimeout = TimeSpan.FromSeconds(10),
        FirstPause = TimeSpan.FromMilliseconds(1),
        LongestPause = TimeSpan.FromMilliseconds(5),
        Retries = 3,
        BreakAfterCalls = 100,
    };

    private readonly OutsideCalls _calls = new(TimeProvider.System);
    private int _attempts;

    [Fact]
    public async Task A_read_is_tried_again_after_passing_trouble()
    {
        _calls.Configure("venue", Quick);
        var result = await _calls.ReadAsync("venue", Fail<int>(2, new HttpRequestException("reset"), 7));
        Assert.Equal((7, 3), (result, _attempts));
    }

    [Fact]
    public async Task A_read_gives_up_after_its_retries_with_the_last_error()
    {
        _calls.Configure("venue", Quick);
        var error = new HttpRequestException("down", null, HttpStatusCode.BadGateway);
        var seen = await Assert.ThrowsAsync<HttpRequestException>(
            async () => await _calls.ReadAsync("venue", Fail<int>(100, error, 0)));
        Assert.Same(error, seen);
        Assert.Equal(4, _attempts);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Unauthorized)]
    public async Task What_another_attempt_cannot_mend_is_not_tried_again(HttpStatusCode status)
    {
        _calls.Configure("venue", Quick);
        var error = new HttpRequestException("no", null, status);
        await Assert.ThrowsAsync<HttpRequestException>(
            async () => await _calls.ReadAsync("venue", Fail<int>(100, error, 0)));
        Assert.Equal(1, _attempts);
        var tooMany = new HttpRequestException("x", null, HttpStatusCode.TooManyRequests);
        Assert.True(OutsideCallSettings.IsTransientByDefault(tooMany));
        Assert.False(OutsideCallSettings.IsTransientByDefault(new InvalidOperationException()));
    }

    [Fact]
    public async Task An_order_is_sent_once_whatever_happens()
    {
        _calls.Configure("venue", Quick with { AttemptTimeout = TimeSpan.FromMilliseconds(50) });
        await Assert.ThrowsAsync<HttpRequestException>(
            async () => await _calls.OnceAsync("venue", Fail<int>(1, new HttpRequestException("reset"), 7)));
        Assert.Equal(1, _attempts);
        await Assert.ThrowsAsync<TimeoutRejectedException>(async () => await _calls.OnceAsync("venue", HangAsync));
        Assert.Equal(2, _attempts);
    }

    [Fact]
    public async Task An_attempt_that_hangs_is_cut_off_and_a_read_tries_again_within_its_total_time()
    {
        _calls.Configure("venue", Quick with { AttemptTimeout = TimeSpan.FromMilliseconds(40), Retries = 2 });
        await Assert.ThrowsAsync<TimeoutRejectedException>(async () => await _calls.ReadAsync("venue", HangAsync));
        Assert.Equal(3, _attempts);
        _attempts = 0;
        _calls.Configure("total", Quick with { TotalTimeout = TimeSpan.FromMilliseconds(80), Retries = 5 });
        await Assert.ThrowsAsync<TimeoutRejectedException>(async () => await _calls.ReadAsync("total", HangAsync));
        Assert.Equal(1, _attempts);
    }

    [Fact]
    public async Task After_many_failures_calls_stop_for_a_while_for_this_name_only_and_then_go_on()
    {
        _calls.Configure("venue", Quick with
        {
            BreakAfterCalls = 4,
            BreakTime = TimeSpan.FromMilliseconds(500),
            Retries = 1,
        });
        for (var i = 0; i < 4; i++)
        {
            await Assert.ThrowsAsync<HttpRequestException>(
                async () => await _calls.OnceAsync("venue", Fail<int>(100, new HttpRequestException("down"), 0)));
        }

        await Assert.ThrowsAsync<BrokenCircuitException>(async () => await _calls.OnceAsync("venue", OkAsync));
        Assert.Equal(4, _attempts);
        Assert.Equal(1, await _calls.OnceAsync("other", OkAsync));
        Assert.Equal(1, await _calls.ReadAsync("venue", OkAsync));
        Eventually.True(() => _calls.OnceAsync("venue", OkAsync).AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Without_a_breaker_every_call_is_tried()
    {
        _calls.Configure("exits", Quick with { UseBreaker = false, BreakAfterCalls = 2 });
        for (var i = 0; i < 20; i++)
        {
            await Assert.ThrowsAsync<HttpRequestException>(
                async () => await _calls.OnceAsync("exits", Fail<int>(100, new HttpRequestException("down"), 0)));
        }

        Assert.Equal(20, _attempts);
    }

    [Fact]
    public async Task The_callers_cancellation_is_obeyed_and_not_retried()
    {
        _calls.Configure("venue", Quick);
        using var stop = new CancellationTokenSource();
        var call = _calls.ReadAsync("venue", HangAsync, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await call);
        Assert.Equal(1, _attempts);
    }

    [Fact]
    public async Task Attempts_are_counted_by_name_kind_and_outcome()
    {
        var seen = new ConcurrentQueue<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "quantum.outside.attempts")
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            var text = string.Join(' ', tags.ToArray().Select(tag => tag.Value));
            if (text.StartsWith("counted ", StringComparison.Ordinal))
                seen.Enqueue($"{value} {text}");
        });
        listener.Start();
        _calls.Configure("counted", Quick);
        await _calls.ReadAsync("counted", Fail<int>(1, new HttpRequestException("reset"), 7));
        await _calls.OnceAsync("counted", OkAsync);
        Assert.Equal(["1 counted read HttpRequestException", "1 counted read ok", "1 counted once ok"], seen);
    }

    [Fact]
    public async Task Settings_cannot_change_once_used()
    {
        await _calls.ReadAsync("venue", OkAsync);
        Assert.Throws<InvalidOperationException>(() => _calls.Configure("venue", Quick));
    }

    private static ValueTask<int> OkAsync(CancellationToken cancellation) => new(1);

    private async ValueTask<int> HangAsync(CancellationToken cancellation)
    {
        Interlocked.Increment(ref _attempts);
        await new TaskCompletionSource().Task.WaitAsync(cancellation);
        return 0;
    }

    private Func<CancellationToken, ValueTask<T>> Fail<T>(int times, Exception error, T result) => _ =>
        Interlocked.Increment(ref _attempts) <= times ? throw error : new(result);
}
