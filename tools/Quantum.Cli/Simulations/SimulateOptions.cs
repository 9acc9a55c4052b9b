using Quantum.Simulation;

namespace Quantum.Cli.Simulations;

/// <summary>What `simulate` is asked for.</summary>
internal sealed class SimulateOptions
{
    private readonly Option<int?> _seeds = CommonOptions.Whole(
        "--seeds", "how many seeds, one run each (default: 20)", 1, 10_000_000);

    private readonly Option<int?> _seed = CommonOptions.Whole(
        "--seed", "the first seed, or the only one", 0, int.MaxValue);

    private readonly Option<int?> _minutes = CommonOptions.Whole(
        "--minutes", "market time of a run (default: 60)", SimulationRun.LeastMinutes, 1440, 60);

    private readonly Option<int?> _steps = CommonOptions.Whole(
        "--steps", "ends the run of --seed behind so many steps", 1, 1_000_000);

    private readonly Option<string?> _faults = CommonOptions.Text(
        "--faults", "only these of the faults that --seed plans, by number; none leaves all out", "4,9");

    private readonly Option<bool> _trace = new("--trace") { Description = "tell what happens in the run of --seed" };

    private readonly Option<int?> _cores = CommonOptions.Whole(
        "--cores", "runs at a time (default: the machine's cores)", 1, 1024, Environment.ProcessorCount);

    private readonly Option<bool> _json = CommonOptions.Json();

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_seeds, _seed, _minutes, _steps, _faults, _trace, _cores, _json])
            command.Add(option);
        command.Validators.Add(result =>
        {
            var isOne = result.GetValue(_seed) is not null && result.GetValue(_seeds) is null;
            var isCut = result.GetValue(_steps) is not null || result.GetValue(_faults) is not null
                || result.GetValue(_trace);
            if (isCut && !isOne)
                result.AddError("--steps, --faults and --trace are of one run: name it with --seed, without --seeds.");
        });
    }

    /// <summary>True for the run of one seed.</summary>
    public bool IsOneRun(ParseResult parsed) =>
        parsed.GetValue(_seed) is not null && parsed.GetValue(_seeds) is null;

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    public int SeedsOf(ParseResult parsed) => parsed.GetValue(_seeds) ?? 20;

    public int CoresOf(ParseResult parsed) => parsed.GetValue(_cores)!.Value;

    public SimulationSettings SettingsOf(ParseResult parsed) => new()
    {
        Seed = parsed.GetValue(_seed) ?? 1, Minutes = parsed.GetValue(_minutes)!.Value,
        Steps = parsed.GetValue(_steps), Faults = FaultsOf(parsed.GetValue(_faults)),
        Story = parsed.GetValue(_trace) ? Console.Error.WriteLine : null,
    };

    private static int[]? FaultsOf(string? text)
    {
        if (text is null) return null;
        if (text == "none") return [];
        return
        [
            .. text.Split(',').Select(part =>
                int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : throw new CliException(
                        $"--faults is '{text}': write numbers with commas between, such as 4,9, or none.")),
        ];
    }
}
