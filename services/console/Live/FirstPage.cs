using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Quantum.Console.Live;

/// <summary>
/// Asks this server for its first page once it listens: what a page needs is compiled then, and not while the first
/// visitor waits, who waited a second and a half. Without a login it is shown no more than the login page. Asked again
/// of nobody, and changes nothing.
/// </summary>
internal sealed class FirstPage(IServer server, IHostApplicationLifetime lifetime, ILogger<FirstPage> log)
    : BackgroundService
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private static readonly string[] s_paths = ["/", "/app.css", "/app.js", "/_framework/blazor.web.js"];

    /// <summary>Where the server can be asked from its own machine; null for what is no address.</summary>
    /// <param name="address">What it listens at, which may be every address.</param>
    private static Uri? OwnAddress(string address)
    {
        var parsed = BindingAddress.Parse(address);
        if (parsed.IsUnixPipe || parsed.IsNamedPipe || parsed.Port == 0) return null;
        var isAny = !IPAddress.TryParse(parsed.Host.Trim('[', ']'), out var ip)
            || ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any);
        return new UriBuilder(parsed.Scheme, isAny ? "localhost" : parsed.Host, parsed.Port).Uri;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var started = lifetime.ApplicationStarted.Register(listens.SetResult);
        await listens.Task.WaitAsync(stoppingToken);
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        if (addresses.Select(OwnAddress).FirstOrDefault(uri => uri is not null) is not { } own) return;
        try
        {
            using var client = new HttpClient { BaseAddress = own, Timeout = s_patience };
            foreach (var path in s_paths)
            {
                using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), stoppingToken);
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            // Its certificate may be one that this machine does not trust: the first visitor waits, nothing else.
            if (!stoppingToken.IsCancellationRequested)
                log.LogInformation("The first page is made when somebody asks for it: {Fault}", fault.Message);
        }
    }
}
