using Quantum.Feeds;
using Quantum.Feeds.Recorded;
using static Quantum.Cli.CommonOptions;

namespace Quantum.Cli;

/// <summary>Which part of a recording a verb means, asked the same way by all of them.</summary>
internal sealed class RecordingOptions
{
    private readonly Option<string?> _symbols = Text("--symbols", "only these, separated by commas", "A,B");
    private readonly Option<string?> _from = Text("--from", "only from this time on, ISO (UTC)", "time");
    private readonly Option<string?> _to = Text("--to", "only before this time, ISO (UTC)", "time");
    private readonly Option<string?> _interval = Text("--interval", "candles to trade on", "5m");
    private readonly Option<string?> _columns =
        Text("--columns", "what the columns of a CSV export are called", "time=Date,open=Open");
    private readonly Option<bool> _skipBroken = SkipBroken();

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_symbols, _from, _to, _interval, _columns, _skipBroken]) command.Add(option);
    }

    /// <summary>What was asked for; throws <see cref="CliException"/> that names the option at fault.</summary>
    public RecordedSettings Of(ParseResult parsed, string path)
    {
        var settings = new RecordedSettings
        {
            Path = path, Symbols = SymbolsOf(parsed.GetValue(_symbols)),
            FromMs = TimeOf("--from", parsed.GetValue(_from)), ToMs = TimeOf("--to", parsed.GetValue(_to)),
            IntervalMs = IntervalOf(parsed.GetValue(_interval)),
            Columns = parsed.GetValue(_columns) is { } names ? ColumnNames.Parse(names) : null,
            SkipBroken = parsed.GetValue(_skipBroken),
        };
        return settings.FromMs >= settings.ToMs
            ? throw new CliException("--from is not before --to: swap or widen them.")
            : settings;
    }

    /// <summary>A time as an option gives it, UTC epoch ms; null when it is not given.</summary>
    public static long? TimeOf(string option, string? text) => text is null ? null
        : FeedTime.TryParse(text, out var atMs) ? atMs
        : throw new CliException(
            $"{option} is '{text}', which is no time between 2009 and 2100: write 2025-12-05 12:00.");

    private static Symbol[] SymbolsOf(string? text) =>
    [
        .. (text ?? "").Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries).Select(
            part => Symbol.TryParse(part.ToUpperInvariant(), out var symbol)
                ? symbol
                : throw new CliException($"--symbols holds '{part}', which is no symbol: use {Symbol.Rule}.")),
    ];

    private static long? IntervalOf(string? text) => text is null ? null : CandleInterval.Of(text)
        ?? throw new CliException($"--interval is '{text}': use {CandleInterval.Names}.");
}
