using System.Globalization;
using Quantum.Feeds.Generated;

namespace Quantum.Bench.Orders;

/// <summary>What `orders` was asked for.</summary>
internal sealed record OrdersOptions
{
    private const double MostFaults = 0.9;
    private const double SecondsPerOrder = 0.3;
    private static readonly TimeSpan s_least = TimeSpan.FromMinutes(3);

    public bool Json { get; private set; }

    /// <summary>Orders after which nothing is opened any more, from 1.</summary>
    public int Orders { get; private set; } = 10_000;

    /// <summary>Share of the requests, and of the account's events, that meet a fault, 0 to 0.9.</summary>
    public double Faults { get; private set; } = 1.0 / 3;

    /// <summary>Symbols that are traded at a time, from 1.</summary>
    public int Symbols { get; private set; } = GeneratedSymbol.Known.Count;

    /// <summary>Of the market, of what is asked for, and of who meets a fault; from 1.</summary>
    public int Seed { get; private set; } = 1;

    /// <summary>Where the services' logs are left at the end; null: nowhere.</summary>
    public string? LogFolder { get; private set; }

    /// <summary>After this nothing is opened any more, however many orders there were.</summary>
    public TimeSpan Longest
    {
        get
        {
            var asked = TimeSpan.FromSeconds(Orders * SecondsPerOrder);
            return asked > s_least ? asked : s_least;
        }
    }

    /// <summary>Reads the options; what is wrong in words, or null.</summary>
    public static string? TryParse(string[] given, out OrdersOptions options)
    {
        var read = options = new OrdersOptions();
        return GivenOptions.Fault("orders", given, read.Flag, read.Set);
    }

    private void Flag(string name) => Json |= name == "--json";

    private bool Set(string name, string value)
    {
        switch (name)
        {
            case "--orders":
                Orders = GivenOptions.Whole(value);
                return Orders >= 1;
            case "--symbols":
                Symbols = GivenOptions.Whole(value);
                return Symbols >= 1 && Symbols <= GeneratedSymbol.Known.Count;
            case "--seed":
                Seed = GivenOptions.Whole(value);
                return Seed >= 1;
            case "--faults":
                Faults = double.TryParse(value, CultureInfo.InvariantCulture, out var share) ? share : -1;
                return Faults is >= 0 and <= MostFaults;
            case "--log":
                LogFolder = value;
                return Directory.Exists(value);
            default:
                return false;
        }
    }
}
