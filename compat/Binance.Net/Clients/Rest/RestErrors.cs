using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Binance.Net.Clients.Rest;

/// <summary>Reads the replies that are no success.</summary>
internal static class RestErrors
{
    private const int SnippetLength = 128;

    public static Error Read(byte[] body)
    {
        if (Parse(body, out var unreadable) is not { } reply) return unreadable!;
        if (reply.ValueKind != JsonValueKind.Object) return new ServerError(ErrorInfo.Unknown);
        var (code, message) = Parts(reply);
        if (message is null) return new ServerError(ErrorInfo.Unknown);
        return code is { } known
            ? BinanceErrors.Of(known, message)
            : new ServerError(new ErrorInfo(ErrorType.Unknown, false, message));
    }

    public static ServerRateLimitError ReadRateLimit(byte[] body, HttpResponseHeaders headers)
    {
        if (Parse(body, out _) is not { ValueKind: JsonValueKind.Object } reply) return new ServerRateLimitError();
        var (code, message) = Parts(reply);
        if (message is null) return new BinanceRateLimitError("No details");
        // Without a code the library does not look at the header either.
        if (code is not { } known) return new BinanceRateLimitError(message);
        return new BinanceRateLimitError(known, message) { RetryAfter = RetryAfter(headers) };
    }

    private static DateTime? RetryAfter(HttpResponseHeaders headers)
    {
        if (!headers.TryGetValues("Retry-After", out var values)
            || !int.TryParse(values.First(), CultureInfo.InvariantCulture, out var seconds)) return null;
        var now = DateTime.UtcNow;
        // Zero seconds mean the rest of the minute.
        return now.AddSeconds(seconds != 0 ? seconds : 61 - now.Second);
    }

    private static (int? Code, string? Message) Parts(JsonElement reply) => (
        reply.TryGetProperty("code", out var code) ? code.GetInt32() : null,
        reply.TryGetProperty("msg", out var message) ? message.GetString() : null);

    private static JsonElement? Parse(byte[] body, out DeserializeError? error)
    {
        error = null;
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            var text = Encoding.UTF8.GetString(body);
            error = new($"The error's reply is no JSON: {text[..Math.Min(text.Length, SnippetLength)]}", e);
            return null;
        }
    }
}
