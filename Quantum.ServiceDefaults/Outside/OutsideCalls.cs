using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;
using Quantum.ServiceDefaults.Telemetry;

namespace Quantum.ServiceDefaults.Outside;

/// <summary>
/// The way to the outside world: every call has a name, a time limit, a circuit breaker and metrics; reads are also
/// tried again. What changes something outside goes through <see cref="OnceAsync{T}"/> and is sent at most once.
/// </summary>
public sealed class OutsideCalls(TimeProvider time)
{
    private static readonly Counter<long> Attempts = Signals.Meter.CreateCounter<long>(
        "quantum.outside.attempts", "{attempt}", "Attempts of calls to outside parties, by outcome");

    private static readonly Histogram<double> Durations = Signals.Meter.CreateHistogram<double>(
        "quantum.outside.attempt.duration", "s", "How long one attempt took");

    private static readonly Counter<long> Breaks = Signals.Meter.CreateCounter<long>(
        "quantum.outside.breaker", "{change}", "Changes of circuit breakers, by new state");

    private readonly ConcurrentDictionary<string, OutsideCallSettings> _settings = new();
    private readonly ConcurrentDictionary<(string Name, bool IsRead), ResiliencePipeline> _pipelines = new();

    /// <summary>Sets how patient the calls of this name are; must come before the first of them.</summary>
    public void Configure(string name, OutsideCallSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (!_settings.TryAdd(name, settings))
            throw new InvalidOperationException($"The outside calls '{name}' are configured or used already.");
    }

    /// <summary>Calls something that may be called again without harm; retries passing trouble.</summary>
    public ValueTask<T> ReadAsync<T>(
        string name,
        Func<CancellationToken, ValueTask<T>> call,
        CancellationToken cancellation = default) => RunAsync(name, true, call, cancellation);

    /// <summary>Calls something that changes the outside world (an order): never a second attempt.</summary>
    public ValueTask<T> OnceAsync<T>(
        string name,
        Func<CancellationToken, ValueTask<T>> call,
        CancellationToken cancellation = default) => RunAsync(name, false, call, cancellation);

    private static async ValueTask<T> AttemptAsync<T>(
        string name,
        string kind,
        Func<CancellationToken, ValueTask<T>> call,
        CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var outcome = "cancelled";
        try
        {
            var result = await call(cancellation).ConfigureAwait(false);
            outcome = "ok";
            return result;
        }
        catch (Exception error)
        {
            outcome = error is OperationCanceledException ? "cancelled" : error.GetType().Name;
            throw;
        }
        finally
        {
            var tags = new TagList { { "call", name }, { "kind", kind }, { "outcome", outcome } };
            Attempts.Add(1, tags);
            Durations.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);
        }
    }

    private ValueTask<T> RunAsync<T>(
        string name,
        bool isRead,
        Func<CancellationToken, ValueTask<T>> call,
        CancellationToken cancellation)
    {
        var pipeline = _pipelines.GetOrAdd((name, isRead), Build);
        var kind = isRead ? "read" : "once";
        return pipeline.ExecuteAsync(token => AttemptAsync(name, kind, call, token), cancellation);
    }

    // From the outside in: total time, retry, breaker, time of one attempt. Without retry one attempt is all.
    private ResiliencePipeline Build((string Name, bool IsRead) key)
    {
        var settings = _settings.GetOrAdd(key.Name, _ => new());
        var builder = new ResiliencePipelineBuilder { TimeProvider = time, Name = key.Name };
        var failures = new PredicateBuilder()
            .Handle<Exception>(e => e is TimeoutRejectedException || settings.IsTransient(e));
        if (key.IsRead)
        {
            builder.AddTimeout(settings.TotalTimeout).AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = failures,
                MaxRetryAttempts = settings.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = settings.FirstPause,
                MaxDelay = settings.LongestPause,
            });
        }

        if (settings.UseBreaker)
            builder.AddCircuitBreaker(Breaker(key.Name, settings, failures));
        return builder.AddTimeout(settings.AttemptTimeout).Build();
    }

    private static CircuitBreakerStrategyOptions Breaker(
        string name,
        OutsideCallSettings settings,
        PredicateBuilder<object> failures)
    {
        ValueTask Changed(string state)
        {
            Breaks.Add(1, new TagList { { "call", name }, { "state", state } });
            return default;
        }

        return new()
        {
            ShouldHandle = failures,
            FailureRatio = settings.BreakAtFailureFraction,
            MinimumThroughput = settings.BreakAfterCalls,
            SamplingDuration = settings.SamplingTime,
            BreakDuration = settings.BreakTime,
            OnOpened = _ => Changed("open"),
            OnClosed = _ => Changed("closed"),
            OnHalfOpened = _ => Changed("half_open"),
        };
    }
}
