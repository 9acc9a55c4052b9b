namespace Quantum.Bench.Chaos;

/// <summary>What `chaos` was asked for.</summary>
internal sealed record ChaosOptions
{
    private const int MostSystems = 16;

    /// <summary>Runs of each cell, from 1.</summary>
    public int Runs { get; private set; } = 1;

    /// <summary>Of the market and of what is asked for, from 1.</summary>
    public int Seed { get; private set; } = 1;

    /// <summary>Systems side by side, 1 to 16; the market of each has a seed of its own, one after the other.</summary>
    public int Parallel { get; private set; } = 1;

    /// <summary>The document alone on standard output.</summary>
    public bool Json { get; private set; }

    /// <summary>Keeps the rows in docs/RELIABILITY.md.</summary>
    public bool Write { get; private set; }

    /// <summary>Keeps them too, added to the runs that stand there instead of in their place.</summary>
    public bool Add { get; private set; }

    /// <summary>Only names the cells.</summary>
    public bool List { get; private set; }

    /// <summary>Where the logs of a system that missed a bar are left; null: nowhere.</summary>
    public string? LogFolder { get; private set; }

    /// <summary>The names of cells as they were asked for, with '*' for anything.</summary>
    public string Pattern { get; private set; } = "*";

    /// <summary>The cells that were asked for, in the order of the matrix.</summary>
    public IReadOnlyList<ChaosCell> Cells => [.. ChaosCell.All.Where(cell => Pattern.Split(',').Any(cell.Fits))];

    /// <summary>Reads the options; what is wrong in words, or null.</summary>
    public static string? TryParse(string[] given, out ChaosOptions options)
    {
        var read = options = new ChaosOptions();
        return GivenOptions.Fault("chaos", given, read.Flag, read.Set);
    }

    private void Flag(string name)
    {
        Json |= name == "--json";
        Add |= name == "--add";
        Write |= name is "--write" or "--add";
        List |= name == "--list";
    }

    private bool Set(string name, string value)
    {
        switch (name)
        {
            case "--runs":
                Runs = GivenOptions.Whole(value);
                return Runs >= 1;
            case "--seed":
                Seed = GivenOptions.Whole(value);
                return Seed >= 1;
            case "--parallel":
                Parallel = GivenOptions.Whole(value);
                return Parallel is >= 1 and <= MostSystems;
            case "--cells":
                Pattern = value;
                return Cells.Count > 0;
            case "--log":
                LogFolder = value;
                return Directory.Exists(value);
            default:
                return false;
        }
    }
}
