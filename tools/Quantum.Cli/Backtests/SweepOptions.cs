using Quantum.Backtest.Sweeps;

namespace Quantum.Cli.Backtests;

/// <summary>The options that say how a sweep searches, chooses and judges.</summary>
internal sealed class SweepOptions
{
    private const int MostDays = 100_000;
    private const int MostCores = 256;

    private readonly Option<int?> _random = CommonOptions.Whole(
        "--random", "draw so many combinations instead of trying all", 1, TrialSearch.MostTrials);

    private readonly Option<int?> _seed = CommonOptions.Whole("--seed", "what is drawn", 0, int.MaxValue, 1);

    private readonly Option<int?> _halving = CommonOptions.Whole(
        "--halving", "first short runs of all, of which one in so many goes on to a longer one", 2,
        TrialSearch.MostTrials);

    private readonly Option<int?> _train = CommonOptions.Whole(
        "--train", "whole UTC days that a window chooses by (default: 70 % of all)", 1, MostDays);

    private readonly Option<int?> _test = CommonOptions.Whole(
        "--test", "days after them that judge, and by which windows move on (default: the rest)", 1, MostDays);

    private readonly Option<bool> _anchored = new("--anchored")
    {
        Description = "every window chooses by all days before those that judge",
    };

    private readonly Option<string> _by = new("--by")
    {
        Description = "what is chosen by", DefaultValueFactory = _ => "sharpe",
    };

    private readonly Option<int?> _cores = CommonOptions.Whole(
        "--cores", "runs at once (default: the cores of this machine)", 1, MostCores);

    private readonly Option<string> _out = new("--out")
    {
        Description = "the SQLite file; one of the same sweep is gone on with", HelpName = "file",
        DefaultValueFactory = _ => "sweep.sqlite",
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    public SweepOptions() => _by.AcceptOnlyFromAmong("sharpe", "sortino", "return");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])
            [_random, _seed, _halving, _train, _test, _anchored, _by, _cores, _out, _json]) command.Add(option);
    }

    public IReadOnlyList<Trial> TrialsOf(ParseResult parsed, IReadOnlyList<SettingAxis> axes) =>
        parsed.GetValue(_random) is { } count
            ? TrialSearch.Random(axes, count, parsed.GetValue(_seed) ?? 1)
            : TrialSearch.Grid(axes);

    public IReadOnlyList<SweepWindow> WindowsOf(ParseResult parsed, long fromMs, long toMs) => WindowPlan.Of(
        fromMs, toMs, parsed.GetValue(_train), parsed.GetValue(_test), parsed.GetValue(_anchored));

    public HalvingPlan? HalvingOf(ParseResult parsed, int trials, SweepWindow first) =>
        parsed.GetValue(_halving) is { } keepOneIn ? HalvingPlan.Of(trials, first, keepOneIn) : null;

    public TrialScore ScoreOf(ParseResult parsed) => Enum.Parse<TrialScore>(parsed.GetValue(_by)!, ignoreCase: true);

    public int CoresOf(ParseResult parsed) => parsed.GetValue(_cores) ?? Environment.ProcessorCount;

    public string PlaceOf(ParseResult parsed) => parsed.GetValue(_out)!;

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);
}
