using System.Globalization;
using System.Text.Json;
using Quantum.Console.Tests.Harness;

namespace Quantum.Console.Tests;

/// <summary>Stop move and close by hand, on the page and by the API, told in the executor's words.</summary>
[Collection(nameof(LiveGroup))]
public sealed class ByHandTests(LiveSystem system)
{
    private const string Symbol = LiveSystem.Symbol;

    [BrowserFact]
    public async Task A_looser_stop_is_refused_a_tighter_one_rests_and_the_position_is_closed()
    {
        await system.PositionAsync();
        await using var page = await system.Browser!.OpenAsync(system.Console, "trade/" + Symbol);
        await page.Of(".byhand input.wide").FillAsync("a test");
        await page.Of(".byhand input.num").FillAsync("0.001");
        Assert.False(await page.Of("[data-do=stop]").IsEnabledAsync());
        await page.Of(".byhand .act input").Nth(1).FillAsync(Symbol);
        await page.Of("[data-do=stop]").ClickAsync();
        await page.SeesAsync("[role=alert].bad, [role=alert]", "The executor: denied, stop_not_tighter");

        // As it is now: its stop may have followed the price meanwhile.
        var position = await system.PositionAsync();
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
        await system.PositionAsync();
    }

    private Task<JsonElement> SayAsync(string what, object body) => system.SayAsync(
        $"positions/{Symbol}/{what}", body, word => word.GetProperty("outcome").ValueKind == JsonValueKind.Object);

    private static decimal Number(JsonElement of, string name) =>
        decimal.Parse(of.GetProperty(name).GetRawText(), CultureInfo.InvariantCulture);
}
