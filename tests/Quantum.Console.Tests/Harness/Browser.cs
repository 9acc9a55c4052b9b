using Microsoft.Playwright;

namespace Quantum.Console.Tests.Harness;

/// <summary>Chromium of this machine.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] s_arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--hide-scrollbars",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Where it is; null when there is none.</summary>
    public static string? Path { get; } = Environment.GetEnvironmentVariable("CHROMIUM_PATH")
        ?? ((string[])["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"])
            .FirstOrDefault(File.Exists);

    public static async Task<Browser> StartAsync()
    {
        // Playwright gives an assertion 5 s, whatever a page is given.
        Assertions.SetDefaultExpectTimeout((float)Eventually.Deadline.TotalMilliseconds);
        var playwright = await Playwright.CreateAsync();
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Path, Args = s_arguments,
        }));
    }

    /// <summary>Opens a page and waits until it is live.</summary>
    public async Task<WatchedPage> OpenAsync(
        ServiceRun console, string path, int width = 1280, int height = 860, bool isLight = false)
    {
        var page = await NewPageAsync(console, width, height, isLight);
        await page.GoAsync(path);
        return page;
    }

    /// <summary>Opens the form of who has not logged in.</summary>
    public async Task<WatchedPage> OpenLoginAsync(ServiceRun console)
    {
        var page = await NewPageAsync(console, 1280, 860, false);
        await page.Page.GotoAsync("/");
        return page;
    }

    private async Task<WatchedPage> NewPageAsync(ServiceRun console, int width, int height, bool isLight)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = isLight ? ColorScheme.Light : ColorScheme.Dark, BaseURL = console.Url,
        });
        return new WatchedPage(await context.NewPageAsync(), console.Url);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
