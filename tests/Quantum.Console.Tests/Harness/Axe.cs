using Microsoft.Playwright;

namespace Quantum.Console.Tests.Harness;

/// <summary>Judges pages by the rules of axe-core, in both themes.</summary>
internal static class Axe
{
    private static readonly NodePackages s_axe = new("axe");

    /// <summary>Fails the test on what bars somebody seriously.</summary>
    public static async Task JudgeAsync(IPage page, string where)
    {
        Assert.Null(s_axe.Fault);
        await page.EvaluateAsync(await File.ReadAllTextAsync(s_axe.PathOf("node_modules/axe-core/axe.min.js")));
        foreach (var theme in (string[])["dark", "light"])
        {
            await page.EvaluateAsync("theme => document.documentElement.dataset.theme = theme", theme);
            var found = await page.EvaluateAsync<string[]>(
                """
                async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
                  .filter(v => v.impact === "serious" || v.impact === "critical")
                  .map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 120)).join(" | ")}`)
                """);
            Assert.True(found.Length == 0, $"{where} {theme}: {string.Join('\n', found)}");
        }
    }
}
