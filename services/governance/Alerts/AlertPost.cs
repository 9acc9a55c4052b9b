using System.Net;
using System.Net.Http.Headers;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Quantum.Governance.Alerts;

/// <summary>
/// Posts an alert and says what the answer means. The address may hold a secret: no log, trace or message shows it.
/// </summary>
public sealed class AlertPost(HttpClient http)
{
    /// <summary>The most of an answer that is read, characters.</summary>
    private const int MostRead = 4096;

    /// <summary>Posts it, again after passing trouble, but not when the other side says when to come back.</summary>
    /// <param name="request">What to post; an answer of passing trouble has it posted again.</param>
    /// <param name="refusal">What a refusal means, from status and answer.</param>
    /// <param name="pauseIn">Finds a pause that the answer's body asks for.</param>
    /// <param name="cancel">Ends the attempts.</param>
    public async Task<AlertOutcome> PostAsync(
        HttpRequestMessage request, Func<int, string, string> refusal, Func<string, TimeSpan?> pauseIn,
        CancellationToken cancel)
    {
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (answer.IsSuccessStatusCode) return AlertOutcome.Delivered;
            return Judge(answer, await ReadAsync(answer, cancel), refusal, pauseIn);
        }
        catch (HttpRequestException fault)
        {
            return new AlertOutcome(AlertState.Later, $"it cannot be reached ({fault.HttpRequestError})");
        }
        catch (BrokenCircuitException)
        {
            return new AlertOutcome(AlertState.Later, "it failed too often and is left alone for a while");
        }
        catch (Exception fault) when (fault is TimeoutRejectedException or IOException)
        {
            return new AlertOutcome(AlertState.Later, "it does not answer in time");
        }
    }

    private static AlertOutcome Judge(
        HttpResponseMessage answer, string body, Func<int, string, string> refusal, Func<string, TimeSpan?> pauseIn)
    {
        var status = (int)answer.StatusCode;
        var isPassing = status is (int)HttpStatusCode.RequestTimeout or (int)HttpStatusCode.TooManyRequests or >= 500;
        if (!isPassing) return new AlertOutcome(AlertState.Refused, refusal(status, body));
        return new AlertOutcome(
            AlertState.Later, string.Create(CultureInfo.InvariantCulture, $"it answers {status}"),
            PauseOf(answer.Headers.RetryAfter, answer.Headers.Date) ?? pauseIn(body));
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
