using System.Net;
using System.Net.Sockets;

namespace Quantum.ServiceDefaults.Outside;

/// <summary>How patient the calls to one outside party are.</summary>
public sealed record OutsideCallSettings
{
    /// <summary>The longest time for one attempt, more than zero.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest time for a read with all its attempts and pauses, more than zero.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Attempts of a read after the first, at least 1.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The pause before the first retry; it doubles each time and is jittered.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest pause.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether calls pause after many failures; off for what must always be tried, like exits.</summary>
    public bool UseBreaker { get; init; } = true;

    /// <summary>The fraction of failed calls that opens the breaker, above 0 and at most 1.</summary>
    public double BreakAtFailureFraction { get; init; } = 0.5;

    /// <summary>Calls within the sampling time before the breaker judges, at least 2.</summary>
    public int BreakAfterCalls { get; init; } = 10;

    /// <summary>The time over which failures are counted, at least 500 ms.</summary>
    public TimeSpan SamplingTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the breaker stays open, at least 500 ms.</summary>
    public TimeSpan BreakTime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Which errors are the way's or the other side's passing trouble, so worth another attempt.</summary>
    public Func<Exception, bool> IsTransient { get; init; } = IsTransientByDefault;

    /// <summary>Network trouble, HTTP 408, 429 and 5xx.</summary>
    public static bool IsTransientByDefault(Exception error) => error switch
    {
        HttpRequestException { StatusCode: { } status } =>
            status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500,
        HttpRequestException or SocketException or IOException => true,
        _ => false,
    };
}
