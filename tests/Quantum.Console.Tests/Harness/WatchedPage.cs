using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Quantum.Console.Tests.Harness;

/// <summary>A page with everything that must not happen on it: errors, dialogs, requests to another host.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _faults = new();
    private long _bytes;

    public WatchedPage(IPage page, string origin)
    {
        Page = page;
        page.SetDefaultTimeout((float)Eventually.Deadline.TotalMilliseconds);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _faults.Enqueue($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => _faults.Enqueue("page error: " + error);
        page.Dialog += async (_, dialog) =>
        {
            _faults.Enqueue("dialog: " + dialog.Message);
            await WhileOpenAsync(dialog.DismissAsync);
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(origin + "/", StringComparison.Ordinal)
                && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                _faults.Enqueue("left the host: " + request.Url);
        };
        page.RequestFinished += async (_, request) => await WhileOpenAsync(async () =>
        {
            var sizes = await request.SizesAsync();
            Interlocked.Add(ref _bytes, sizes.ResponseBodySize + sizes.ResponseHeadersSize);
        });
    }

    public IPage Page { get; }

    /// <summary>Bytes that came over the wire so far.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public IReadOnlyCollection<string> Faults => _faults;

    // Nobody awaits what hears an event: a page that is closed meanwhile would end the whole test process.
    private static async Task WhileOpenAsync(Func<Task> ask)
    {
        try
        {
            await ask();
        }
        catch (PlaywrightException)
        {
            // The page, or its browser, is closed, or another page is on its way.
        }
    }

    /// <summary>Goes to a page of the console and waits until its figures are live.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync("/" + path);
        await LiveAsync();
    }

    /// <summary>Returns once the bar has shown another look.</summary>
    public async Task LiveAsync()
    {
        var bar = Page.Locator("[data-look]");
        var first = await bar.GetAttributeAsync("data-look");
        await Eventually.TrueAsync(async () => await bar.GetAttributeAsync("data-look") is { } now && now != first,
            what: "the bar shows another look");
    }

    /// <summary>Whether a condition of its script holds; not while it goes from one page to another.</summary>
    public async Task<bool> HoldsAsync(string condition)
    {
        var holds = false;
        await WhileOpenAsync(async () => holds = await Page.EvaluateAsync<bool>(condition));
        return holds;
    }

    public ILocator Of(string selector) => Page.Locator(selector);

    /// <summary>What a selector finds with a text in it.</summary>
    public ILocator Of(string selector, string text) =>
        Page.Locator(selector).Filter(new LocatorFilterOptions { HasText = text }).First;

    /// <summary>Waits for a text inside what a selector finds.</summary>
    public Task SeesAsync(string selector, string text, TimeSpan? limit = null) =>
        Of(selector).Filter(new LocatorFilterOptions { HasText = text }).First.WaitForAsync(
            new LocatorWaitForOptions { Timeout = (float)(limit ?? Eventually.Deadline).TotalMilliseconds });

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
