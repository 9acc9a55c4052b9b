using System.Net.Http.Json;
using Quantum.Governance.Watchdog;

namespace Quantum.Governance.Alerts;

/// <summary>Sends alerts to a Telegram chat as plain text (Bot API, sendMessage).</summary>
public sealed class TelegramChannel(TelegramSettings settings, AlertPost post) : IAlertChannel
{
    /// <summary>The longest text that the Bot API takes, characters.</summary>
    public const int MostCharacters = 4096;

    public string Name => "telegram";

    public async Task<AlertOutcome> SendAsync(Alert alert, CancellationToken cancel)
    {
        using var request = Request(AlertText.Plain(alert, MostCharacters));
        return await post.PostAsync(request, Refusal, PauseIn, cancel);
    }

    private static string Refusal(int status, string answer)
    {
        var setting = status switch
        {
            401 or 404 => "check Watchdog:Telegram:BotToken and Watchdog:Telegram:ApiUrl",
            403 => "the bot may not write there: let it into the chat Watchdog:Telegram:ChatId",
            _ => "check Watchdog:Telegram:ChatId",
        };
        return string.Create(CultureInfo.InvariantCulture, $"Telegram answers {status}: {setting}");
    }

    // {"parameters":{"retry_after":30}}
    private static TimeSpan? PauseIn(string answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.TryGetProperty("parameters", out var parameters)
                && parameters.TryGetProperty("retry_after", out var seconds) && seconds.TryGetInt32(out var s)
                    ? TimeSpan.FromSeconds(s)
                    : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private HttpRequestMessage Request(string text) => new(
        HttpMethod.Post, $"{settings.ApiUrl.TrimEnd('/')}/bot{settings.BotToken}/sendMessage")
    {
        Content = JsonContent.Create(new { chat_id = settings.ChatId, text, disable_web_page_preview = true }),
    };
}
