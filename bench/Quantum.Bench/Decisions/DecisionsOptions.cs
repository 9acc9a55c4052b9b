using Quantum.Feeds.Generated;

namespace Quantum.Bench.Decisions;

/// <summary>What `decisions` was asked for.</summary>
internal sealed record DecisionsOptions
{
    /// <summary>Parts that can be asked for alone.</summary>
    public static readonly string[] Parts = ["recorded", "edge", "no-edge"];

    public bool Json { get; private set; }

    /// <summary>Null: all.</summary>
    public string? Only { get; private set; }

    /// <summary>Generated markets of each kind, from 2.</summary>
    public int Seeds { get; private set; } = 20;

    /// <summary>The first seed.</summary>
    public ulong First { get; private set; } = 1;

    /// <summary>What the planted momentum is worth, in costs of a round trip.</summary>
    public double Edge { get; private set; } = GeneratedSettings.UsualEdge;

    /// <summary>Days that each generated market is traded.</summary>
    public int Days { get; private set; } = 5;

    /// <summary>A folder of recorded candles; null: ../shared/data/klines-1m where it is there.</summary>
    public string? Data { get; private set; }

    /// <summary>Reads the options; what is wrong in words, or null.</summary>
    public static string? TryParse(string[] given, out DecisionsOptions options)
    {
        var read = options = new DecisionsOptions();
        return GivenOptions.Fault("decisions", given, name => read.Json |= name == "--json", read.Set);
    }

    private bool Set(string name, string value)
    {
        switch (name)
        {
            case "--only":
                Only = value;
                return Parts.Contains(value);
            case "--data":
                Data = value;
                return Directory.Exists(value);
            case "--seeds":
                Seeds = GivenOptions.Whole(value);
                return Seeds >= 2;
            case "--days":
                Days = GivenOptions.Whole(value);
                return Days >= 1;
            case "--first":
                First = (ulong)Math.Max(0, GivenOptions.Whole(value));
                return First > 0;
            case "--edge":
                Edge = GivenOptions.Number(value);
                return Edge is > 0 and <= GeneratedSettings.MostEdge;
            default:
                return false;
        }
    }
}
