using Quantum.Backtest.Settings;
using Quantum.Feeds;
using Quantum.Roles.Symbols;

namespace Quantum.Console.Backtests;

/// <summary>
/// Holds a request against what may be played, before anything runs: a configured folder, symbols, times, and settings
/// of roles alone, for those of other parts name files.
/// </summary>
internal static class BacktestCheck
{
    private const int MostText = 4_000;

    /// <summary>
    /// The arguments of the command line; throws <see cref="SettingsException"/>, <see cref="FeedException"/> or
    /// <see cref="FormatException"/> of one line that names the value.
    /// </summary>
    public static IReadOnlyList<string> Arguments(BacktestRequest request, BacktestsSettings settings)
    {
        if (settings.Folders.Count == 0)
            throw new SettingsException(
                "No recording is configured: set Backtests__Folders__0__Name and Backtests__Folders__0__Path.");
        var folder = settings.Folders.FirstOrDefault(known => known.Name == request.Folder)
            ?? throw new SettingsException($"'{request.Folder}' is no configured recording: choose "
                + $"{string.Join(", ", settings.Folders.Select(known => known.Name))}.");
        if (!Path.Exists(folder.Path))
            throw new SettingsException(
                $"There is nothing at the place of '{folder.Name}': correct its Path in Backtests:Folders.");
        if (request.Symbols.Length + request.From.Length + request.To.Length + request.Settings.Length > MostText)
            throw new SettingsException($"The request has more than {MostText} characters: shorten it.");
        var symbols = request.SymbolNames().Select(Symbol.Parse).ToList();
        var (from, to) = (request.From.Trim(), request.To.Trim());
        // The command line reads them so: what is wrong is told here in its words.
        FeedSettings.Of(new FeedOptions
        {
            Kind = FeedKind.Recorded, Path = folder.Path, Symbols = string.Join(',', symbols), From = from, To = to,
            Speed = "max",
        });
        CheckWords(request.Words());
        return
        [
            "backtest", "--json", "--progress", "--data", folder.Path,
            .. symbols.Count > 0 ? ["--symbols", string.Join(',', symbols)] : Array.Empty<string>(),
            .. from.Length > 0 ? ["--from", from] : Array.Empty<string>(),
            .. to.Length > 0 ? ["--to", to] : Array.Empty<string>(),
            .. request.Words().SelectMany(word => (string[])["--set", word]),
        ];
    }

    private static void CheckWords(IReadOnlyList<string> words)
    {
        var text = new SettingsText();
        foreach (var word in words) text.AddWord(word);
        var sections = SystemSettings.OnTape(new SymbolFilterBook()).Sections;
        foreach (var path in text.Values.Keys)
        {
            if (!sections.Contains(path.Split(':')[0], StringComparer.OrdinalIgnoreCase))
                throw new SettingsException(
                    $"{path} is no setting of a role: use those of {string.Join(", ", sections)} (docs/SETTINGS.md).");
        }

        RunSettings.Of(text);
    }
}
