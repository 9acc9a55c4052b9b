using Quantum.Console.Tests.Harness;

namespace Quantum.Console.Tests;

/// <summary>The page of models, over a Redis that holds what the roles of learning write.</summary>
public sealed class ModelsTests
{
    [BrowserFact]
    public async Task The_model_in_use_its_calibration_and_why_others_were_refused_are_told()
    {
        using var redis = new OwnRedis();
        LearntRedis.Fill(redis);
        using var console = await ServiceRun.StartAsync("console", $"ConnectionStrings:redis={redis.Connection}");
        await using var browser = await Browser.StartAsync();
        await using var page = await browser.OpenAsync(console, "models");
        await page.SeesAsync(".panel", "✓ In force: it has beaten the base rate");
        await page.SeesAsync(".panel", "3.10 standard errors, 2.75 needed");
        await page.SeesAsync(".panel", "The AI refused 202511300000-old");
        await page.SeesAsync("[aria-label=Candidates] tr", "✓ promoted: it beats the base rate by 3.10");
        await page.SeesAsync("[aria-label=Candidates] tr", "✕ refused: it beats the base rate by 1.20");
        await page.SeesAsync("[aria-label=Candidates] tr", "+12.50");
        await page.SeesAsync("[aria-label='Retraining runs'] tr", "signals come true less than they should");
        await page.SeesAsync("[aria-label='Retraining runs'] tr", "31 labelled candles, at least 48 are needed.");
        // 80 signals said 60 %, and three in four came true; the last one waits for its price.
        await page.SeesAsync("[aria-label=Calibration] header", "79 signals scored");
        await page.SeesAsync("[aria-label=Calibration] tr", "60.0 %");
        Assert.Equal(3, await page.Of("[aria-label=Calibration] circle.bin").CountAsync());
        Assert.Empty(page.Faults);
    }
}
