using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Polly.Timeout;
using Quantum.ServiceDefaults.Outside;

namespace Quantum.Governance.Alerts;

/// <summary>
/// Posts an alert and says what the answer means. The address may hold a secret: no log, trace or message shows it.
/// </summary>
public sealed class AlertPost : IDisposable
{
    /// <summary>The most of an answer that is read, characters.</summary>
    private const int MostRead = 4096;

    private readonly OutsideCalls _calls;
    private readonly HttpClient _http;

    public AlertPost(OutsideCalls calls)
    {
        _calls = calls;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            // Spans of the client carry the whole address, and that of Telegram holds the token.
            ActivityHeadersPropagator = null,
        });
    }

    /// <summary>Posts it, again after passing trouble, but not when the other side says when to come back.</summary>
    /// <param name="name">The call's name.</param>
    /// <param name="request">Makes the request anew for each attempt.</param>
    /// <param name="refusal">What a refusal means, from status and answer.</param>
    /// <param name="pauseIn">Finds a pause that the answer's body asks for.</param>
    /// <param name="cancel">Ends the attempts.</param>
    public async Task<AlertOutcome> PostAsync(
        string name, Func<HttpRequestMessage> request, Func<int, string, string> refusal,
        Func<string, TimeSpan?> pauseIn, CancellationToken cancel)
    {
        try
        {
            return await _calls.ReadAsync(name, async token =>
            {
                using var message = request();
                using var answer = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, token);
                if (answer.IsSuccessStatusCode) return AlertOutcome.Delivered;
                return Judge(answer, await ReadAsync(answer, token), refusal, pauseIn);
            }, cancel);
        }
        catch (HttpRequestException fault)
        {
            return new AlertOutcome(AlertState.Later, fault.StatusCode is { } status
                ? string.Create(CultureInfo.InvariantCulture, $"it answers {(int)status}")
                : $"it cannot be reached ({fault.HttpRequestError})");
        }
        catch (Exception fault) when (fault is TimeoutRejectedException or IOException)
        {
            return new AlertOutcome(AlertState.Later, "it does not answer in time");
        }
    }

    public void Dispose() => _http.Dispose();

    private static AlertOutcome Judge(
        HttpResponseMessage answer, string body, Func<int, string, string> refusal, Func<string, TimeSpan?> pauseIn)
    {
        var status = (int)answer.StatusCode;
        var isPassing = status is (int)HttpStatusCode.RequestTimeout or (int)HttpStatusCode.TooManyRequests or >= 500;
        if (!isPassing) return new AlertOutcome(AlertState.Refused, refusal(status, body));
        if ((PauseOf(answer.Headers.RetryAfter, answer.Headers.Date) ?? pauseIn(body)) is { } pause)
            return new AlertOutcome(
                AlertState.Later, string.Create(CultureInfo.InvariantCulture, $"it answers {status}"), pause);
        throw new HttpRequestException("passing trouble", null, answer.StatusCode);
    }

    private static TimeSpan? PauseOf(RetryConditionHeaderValue? asked, DateTimeOffset? now) => asked switch
    {
        { Delta: { } pause } => pause,
        { Date: { } until } when now is { } from && until > from => until - from,
        _ => null,
    };

    private static async Task<string> ReadAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancel));
        var text = new char[MostRead];
        return new string(text, 0, await reader.ReadBlockAsync(text, cancel));
    }
}
