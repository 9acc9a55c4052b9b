using System.Net.Http.Headers;
using System.Security.Cryptography;
using Quantum.Governance.Watchdog;

namespace Quantum.Governance.Alerts;

/// <summary>Posts alerts as JSON, signed where a secret is set; <c>docs/ALERTS.md</c> is its contract.</summary>
public sealed class WebhookChannel(WebhookSettings settings, AlertPost post) : IAlertChannel
{
    public const string IdHeader = "X-Quantum-Alert-Id";
    public const string SignatureHeader = "X-Quantum-Signature";

    public string Name => "webhook";

    public async Task<AlertOutcome> SendAsync(Alert alert, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(alert);
        using var request = Request(alert, AlertText.Json(alert));
        return await post.PostAsync(request, Refusal, _ => null, cancel);
    }

    /// <summary>HMAC-SHA256 of the body under the secret (RFC 2104), as the header carries it.</summary>
    public static string Sign(string secret, ReadOnlySpan<byte> body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    private static string Refusal(int status, string answer) => string.Create(CultureInfo.InvariantCulture,
        $"the webhook answers {status}: check Watchdog:Webhook:Url and Watchdog:Webhook:Secret");

    private HttpRequestMessage Request(Alert alert, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, settings.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add(IdHeader, alert.Id);
        if (!string.IsNullOrWhiteSpace(settings.Secret))
            request.Headers.Add(SignatureHeader, Sign(settings.Secret, body));
        return request;
    }
}
