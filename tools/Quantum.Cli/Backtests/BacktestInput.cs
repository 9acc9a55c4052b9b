using System.CommandLine;
using Quantum.Backtest.Settings;
using Quantum.Feeds;

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

    private readonly Option<string?> _settings =
        Text("--settings", "settings in the form of a service's appsettings.json", "file.json");

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "one setting, as docs/SETTINGS.md has them; may be given again", HelpName = "Section:Name=value",
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_data, _symbols, _from, _to, _interval, _columns, _settings, _set])
            command.Add(option);
    }

    /// <summary>The settings, checked; throws <see cref="SettingsException"/> of one line.</summary>
    public RunSettings SettingsOf(ParseResult parsed) => SettingsOf(parsed, WordsOf(parsed));

    /// <summary>The settings with these words in place of those given.</summary>
    public RunSettings SettingsOf(ParseResult parsed, IEnumerable<string> words)
    {
        var text = new SettingsText();
        if (parsed.GetValue(_settings) is { } file) text.AddFile(file);
        foreach (var word in words) text.AddWord(word);
        return RunSettings.Of(text);
    }

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
        return FeedSettings.Of(options);
    }

    private static Option<string?> Text(string name, string what, string example) =>
        new(name) { Description = what, HelpName = example };
}
