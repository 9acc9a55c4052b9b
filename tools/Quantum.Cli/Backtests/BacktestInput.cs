using Quantum.Backtest.Settings;
using Quantum.Feeds;
using static Quantum.Cli.CommonOptions;

namespace Quantum.Cli.Backtests;

/// <summary>The options that say what is played and with which settings.</summary>
internal sealed class BacktestInput
{
    private readonly Option<string> _data = new("--data")
    {
        Description = "a folder of recordings, or one file", HelpName = "folder", Required = true,
    };

    private readonly Option<string?> _symbols = Text("--symbols", "only these, separated by commas", "A,B");
    private readonly Option<string?> _from =
        Text("--from", "from this time on, ISO (UTC); what is before warms up", "time");

    private readonly Option<string?> _to = Text("--to", "only before this time, ISO (UTC)", "time");
    private readonly Option<string?> _interval = Text("--interval", "candles to trade on", "5m");

    private readonly Option<string?> _columns =
        Text("--columns", "what the columns of a CSV export are called", "time=Date,open=Open");

    private readonly Option<bool> _skipBroken = SkipBroken();

    private readonly Option<string?> _settings =
        Text("--settings", "settings in the form of a service's appsettings.json", "file.json");

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "one setting, as docs/SETTINGS.md has them; may be given again", HelpName = "Section:Name=value",
    };

    public void AddTo(Command command)
    {
        Option[] all = [_data, _symbols, _from, _to, _interval, _columns, _skipBroken, _settings, _set];
        foreach (var option in all) command.Add(option);
    }

    /// <summary>The settings, checked; throws <see cref="SettingsException"/> of one line.</summary>
    public RunSettings SettingsOf(ParseResult parsed) => RunSettings.Of(TextOf(parsed).With(WordsOf(parsed)));

    /// <summary>What the settings file says; nothing without one.</summary>
    public SettingsText TextOf(ParseResult parsed) =>
        parsed.GetValue(_settings) is { } file ? new SettingsText().AddFile(file) : new SettingsText();

    /// <summary>What <c>--set</c> was given, in its order.</summary>
    public IReadOnlyList<string> WordsOf(ParseResult parsed) => parsed.GetValue(_set) ?? [];

    /// <summary>The recording: what the options say counts, else what the settings say of the feed.</summary>
    public FeedSettings FeedOf(ParseResult parsed, RunSettings settings)
    {
        var options = settings.Feed with
        {
            Kind = FeedKind.Recorded, Path = parsed.GetValue(_data), Speed = "max", ExitAtEnd = false,
        };
        if (parsed.GetValue(_symbols) is { } symbols) options.Symbols = symbols;
        if (parsed.GetValue(_from) is { } from) options.From = from;
        if (parsed.GetValue(_to) is { } to) options.To = to;
        if (parsed.GetValue(_interval) is { } interval) options.Interval = interval;
        if (parsed.GetValue(_columns) is { } columns) options.Columns = columns;
        if (parsed.GetValue(_skipBroken)) options.SkipBroken = true;
        return FeedSettings.Of(options);
    }
}
