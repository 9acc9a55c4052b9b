using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Quantum.Contracts.Settings;

namespace Quantum.AppHost;

/// <summary>What a run says once it works: what it trades and where to look.</summary>
internal sealed class Greeting(IConfiguration configuration, string folder, EndpointReference console)
{
    /// <summary>Prints it, and opens a browser when asked to.</summary>
    public void Say()
    {
        var dashboard = DashboardSettings.LoginUrl(configuration);
        Console.WriteLine();
        Console.WriteLine($"Quantum runs. Mode {configuration.Mode()}, {Market()}.");
        Console.WriteLine($"Console:   {console.Url}");
        if (dashboard is not null) Console.WriteLine($"Dashboard: {dashboard}");
        Console.WriteLine($"Data:      {folder}");
        Console.WriteLine("Stop:      Ctrl+C");
        Console.WriteLine();
        if (!configuration.IsOn(PlainSettings.RunOpen)) return;
        Open(console.Url);
        if (dashboard is not null) Open(dashboard);
    }

    private string Market() => configuration.UsesSimulatedExchange()
        ? "over the wire to a simulated exchange, " + Played()
        : Played();

    private string Played() => configuration["Feed:Path"] is not null
        ? $"a recorded market from {configuration["Feed:Path"]} at speed {configuration["Feed:Speed"] ?? "1"}"
        : configuration.IsLiveMarket() ? $"Binance's live market of {configuration["Feed:Symbols"]}"
        : "a generated market at real-time pace, "
            + (double.TryParse(configuration["Feed:Edge"], CultureInfo.InvariantCulture, out var edge) && edge == 0
                ? "without any edge: there is nothing in it to be learnt (--edge 0)"
                : $"with a planted edge to be learnt: what moved goes on moving (--edge {configuration["Feed:Edge"]
                    ?? "2"}; --edge 0 takes it away)");

    private static void Open(string url)
    {
        try
        {
            using var opener = OperatingSystem.IsLinux()
                ? Process.Start(new ProcessStartInfo("xdg-open", [url]))
                : Process.Start(new ProcessStartInfo(url) { UseShellExecute = true });
        }
        catch (Win32Exception)
        {
            Console.WriteLine($"No browser was found to open {url}.");
        }
    }
}
