using System.Text.Json.Serialization;
using Quantum.Backtest.Figures;
using Quantum.Backtest.Report;
using Quantum.Backtest.Results;
using Quantum.Console.Outcomes;
using Quantum.Console.Shown;

namespace Quantum.Console.Backtests;

/// <summary>What the console shows of the document that <c>backtest --json</c> writes.</summary>
internal sealed record StoredResult
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public required long FromMs { get; init; }
    public required long ToMs { get; init; }
    public required BacktestFigures Figures { get; init; }
    public required IReadOnlyList<CurvePoint> Curve { get; init; }
    public required RunAssumptions Assumptions { get; init; }
    public required IReadOnlyList<UsedSetting> Settings { get; init; }

    /// <summary>Throws <see cref="JsonException"/> for a file that is none.</summary>
    public static StoredResult Read(string path)
    {
        using var file = File.OpenRead(path);
        return JsonSerializer.Deserialize<StoredResult>(file, s_json) ?? throw new JsonException("it is null");
    }

    /// <summary>As pages show it.</summary>
    public ShownResult Shown(BacktestJob job) => new(
        job.Request.Title(),
        $"{Assumptions.Source}, {Moment(FromMs)} to {Moment(ToMs)} UTC, started by {job.By}",
        Figures, Curve,
        [
            .. Assumptions.CandlePath is { } path ? [$"Inside a candle: {path}."] : Array.Empty<string>(),
            .. Assumptions.Notes,
            .. Settings.Where(setting => !setting.IsDefault)
                .Select(setting => $"{setting.Section}:{setting.Name} is {setting.Value}"),
        ]);

    private static string Moment(long ms) => Console.Shown.Figures.Time(ms);
}
