using System.ComponentModel;
using Quantum.Console.Backtests;

namespace Quantum.Console.Api;

/// <summary>What a backtest is to play; what is not given is all that the recording has.</summary>
internal sealed record BacktestWish(
    [property: Description("one of the names that `GET /backtests` tells as recordings")] string? Recording,
    [property: Description("only these symbols")] IReadOnlyList<string>? Symbols,
    [property: Description("from this time, ISO, UTC")] string? From,
    [property: Description("to this time, ISO, UTC")] string? To,
    [property: Description("settings of roles as Section:Name=value (docs/SETTINGS.md)")]
    IReadOnlyList<string>? Settings)
{
    public static BacktestWish Of(BacktestRequest request) => new(
        request.Folder, request.SymbolNames(),
        request.From is { Length: > 0 } from ? from : null, request.To is { Length: > 0 } to ? to : null,
        request.Words());

    public BacktestRequest Request() => new()
    {
        Folder = Recording ?? "", Symbols = string.Join(',', Symbols ?? []), From = From ?? "", To = To ?? "",
        Settings = string.Join('\n', Settings ?? []),
    };
}
