using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Quantum.Governance.Alerts;

/// <summary>Adds the HTTP client that alerts are posted with.</summary>
public static class AlertPostExtensions
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_attempt = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_total = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Adds <see cref="AlertPost"/>. Its client leaves no trace of an address, which may hold a secret: neither spans
    /// nor logs nor redirects.
    /// </summary>
    public static IServiceCollection AddAlertPosts(this IServiceCollection services)
    {
        var client = services.AddHttpClient<AlertPost>()
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                // Spans of the client carry the whole address, and that of Telegram holds the token.
                ActivityHeadersPropagator = null,
            });
#pragma warning disable EXTEXP0001 // The way to replace the resilience that every other client has is experimental.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        client.AddStandardResilienceHandler(options =>
        {
            options.Retry.Delay = s_firstPause;
            options.Retry.ShouldHandle = attempt => ValueTask.FromResult(IsWorthAnotherAttempt(attempt.Outcome));
            options.AttemptTimeout.Timeout = s_attempt;
            options.TotalRequestTimeout.Timeout = s_total;
        }).SelectPipelineByAuthority();
        return services;
    }

    // One that says when to come back is believed; the queue waits until then.
    private static bool IsWorthAnotherAttempt(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result is { } answer
            ? answer.StatusCode != HttpStatusCode.TooManyRequests && answer.Headers.RetryAfter is null
                && HttpClientResiliencePredicates.IsTransient(outcome)
            : HttpClientResiliencePredicates.IsTransient(outcome);
}
