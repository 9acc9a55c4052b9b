using System.Globalization;

namespace Quantum.Bench.Soak;

/// <summary>What `soak` was asked for.</summary>
internal sealed record SoakOptions
{
    private const string Fastest = "max";

    private double? _warmUpHours;

    /// <summary>Hours of market that count, above 0 to 720.</summary>
    public double Hours { get; private set; } = 24;

    /// <summary>
    /// Hours of market before them, 0 to 720, as many again unless told: code is compiled, buffers find their size,
    /// books fill.
    /// </summary>
    public double WarmUpHours => _warmUpHours ?? Hours;

    /// <summary>Hours of market in all.</summary>
    public double AllHours => WarmUpHours + Hours;

    /// <summary>Market time over real time, above 0; null: as fast as the readers can.</summary>
    public double? Speed { get; private set; }

    /// <summary>How many symbols are traded, 1 to 8.</summary>
    public int Symbols { get; private set; } = 3;

    /// <summary>Real time between two samples, seconds, 0.2 to 600.</summary>
    public double EverySeconds { get; private set; } = 1;

    /// <summary>Of the generated market, from 1.</summary>
    public int Seed { get; private set; } = 1;

    /// <summary>The document alone on standard output.</summary>
    public bool Json { get; private set; }

    /// <summary>Keeps table and chart in docs.</summary>
    public bool Write { get; private set; }

    /// <summary>The longest real time that it may take.</summary>
    public TimeSpan Limit => TimeSpan.FromMinutes(15)
        + (Speed is { } speed ? TimeSpan.FromHours(AllHours / speed) : TimeSpan.FromMinutes(AllHours * 3));

    public string SpeedText => Speed?.ToString(CultureInfo.InvariantCulture) ?? Fastest;

    /// <summary>What to type to have it again.</summary>
    public string Command => string.Create(
        CultureInfo.InvariantCulture,
        $"./quantum soak --hours {Hours} --warm-up {WarmUpHours} --speed {SpeedText} --symbols {Symbols} "
        + $"--every {EverySeconds} --seed {Seed}");

    /// <summary>Reads the options; what is wrong in words, or null.</summary>
    public static string? TryParse(string[] given, out SoakOptions options)
    {
        var read = options = new SoakOptions();
        return GivenOptions.Fault("soak", given, read.Flag, read.Set);
    }

    private void Flag(string name)
    {
        Json |= name == "--json";
        Write |= name == "--write";
    }

    private bool Set(string name, string value)
    {
        var number = GivenOptions.Number(value);
        switch (name)
        {
            case "--hours":
                Hours = number;
                return number is > 0 and <= 720;
            case "--warm-up":
                _warmUpHours = number;
                return number > 0 ? number <= 720 : value == "0";
            case "--speed":
                Speed = value == Fastest ? null : number;
                return value == Fastest || number > 0;
            case "--symbols":
                Symbols = (int)number;
                return number is >= 1 and <= 8 && Symbols == number;
            case "--every":
                EverySeconds = number;
                return number is >= 0.2 and <= 600;
            case "--seed":
                Seed = (int)number;
                return number is >= 1 and <= int.MaxValue && Seed == number;
            default:
                return false;
        }
    }
}
