using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Quantum.Console.Tests.Harness;
using Quantum.Looking;

namespace Quantum.Console.Tests;

/// <summary>Stop move and close by hand, on the page and by the API, told in the executor's words.</summary>
[Collection(nameof(LiveGroup))]
public sealed class ByHandTests(LiveSystem system)
{
    private const string Symbol = LiveSystem.Symbol;
    private readonly string _key = ApiKeyFile.Add(system.KeysPath, $"hand-{Guid.NewGuid():N}"[..20], "operator", 1);

    [BrowserFact]
    public async Task A_looser_stop_is_refused_a_tighter_one_rests_and_the_position_is_closed()
    {
        var position = await OpenAsync();
        await using var page = await system.Browser!.OpenAsync(system.Console, "trade/" + Symbol);
        await page.Of(".byhand input.wide").FillAsync("a test");
        await page.Of(".byhand input.num").FillAsync("0.001");
        Assert.False(await page.Of("[data-do=stop]").IsEnabledAsync());
        await page.Of(".byhand .act input").Nth(1).FillAsync(Symbol);
        await page.Of("[data-do=stop]").ClickAsync();
        await page.SeesAsync("[role=alert].bad, [role=alert]", "The executor: denied, stop_not_tighter");

        var (stop, price) = (Number(position, "stopPrice"), Number(position, "price"));
        var wanted = stop + ((price - stop) * 0.1m);
        var word = await SayAsync("stop", new { stopPrice = wanted, reason = "a test" });
        Assert.Equal("applied", word.GetProperty("outcome").GetProperty("outcome").GetString());
        Assert.InRange(Number(word.GetProperty("outcome"), "stopPrice"), wanted, price);

        await page.Of(".byhand .act input").Nth(2).FillAsync("CLOSE " + Symbol);
        await page.Of("[data-do=close]").ClickAsync();
        await page.SeesAsync("[role=alert].ok", "The executor: filled");
        Assert.Empty(page.Faults);

        var id = position.GetProperty("positionId").GetString();
        word = await SayAsync("close", new { reason = "once more", positionId = id });
        Assert.Equal("no_position", word.GetProperty("outcome").GetProperty("reasonCode").GetString());
        var told = await system.Console.AskJsonAsync("words/" + word.GetProperty("eventId").GetString());
        Assert.Equal(
            ("close", Symbol), (told.GetProperty("command").GetString(), told.GetProperty("symbol").GetString()));
        await OpenAsync();
    }

    /// <summary>The open position, a new one where there is none.</summary>
    private async Task<JsonElement> OpenAsync()
    {
        var found = default(JsonElement);
        var wished = false;
        await Eventually.TrueAsync(async () =>
        {
            var positions = await system.Console.AskJsonAsync("positions");
            found = positions.EnumerateArray().FirstOrDefault(one => one.GetProperty("symbol").GetString() == Symbol
                && one.GetProperty("stopPrice").ValueKind == JsonValueKind.Number);
            if (found.ValueKind == JsonValueKind.Undefined && !wished) (wished, _) = (true, system.WishEntry());
            return found.ValueKind != JsonValueKind.Undefined;
        }, what: "a position is open");
        return found.Clone();
    }

    private async Task<JsonElement> SayAsync(string what, object body)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"/api/v1/actions/positions/{Symbol}/{what}?wait=8")
        {
            Content = JsonContent.Create(body),
        };
        request.Headers.Add("X-Api-Key", _key);
        using var answer = await system.Console.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static decimal Number(JsonElement of, string name) =>
        decimal.Parse(of.GetProperty(name).GetRawText(), CultureInfo.InvariantCulture);
}
