using Quantum.Console.Backtests;
using Quantum.Hosting;

namespace Quantum.Console.Outcomes;

/// <summary>What the pages of results and backtests need.</summary>
internal static class OutcomesExtensions
{
    /// <summary>Reads and checks the settings; throws <see cref="StartupException"/> of one line.</summary>
    public static void AddOutcomes(this WebApplicationBuilder builder)
    {
        var backtests = builder.Configuration.SettingsOf<BacktestsSettings>();
        foreach (var folder in backtests.Folders)
        {
            if (string.IsNullOrWhiteSpace(folder.Name) || string.IsNullOrWhiteSpace(folder.Path))
                throw new StartupException("Backtests:Folders has one without a name or a path: set "
                    + "Backtests__Folders__0__Name and Backtests__Folders__0__Path.");
        }

        var names = backtests.Folders.Select(folder => folder.Name).Distinct(StringComparer.Ordinal);
        if (names.Count() < backtests.Folders.Count)
            throw new StartupException("Backtests:Folders names a folder twice: give each name once.");
        var services = builder.Services;
        services.AddSingleton(backtests);
        services.AddSingleton(builder.Configuration.SettingsOf<ResultsSettings>());
        services.AddSingleton<LiveResults>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveResults>());
        services.AddSingleton<BacktestShelf>();
        services.AddHostedService(provider => provider.GetRequiredService<BacktestShelf>());
        services.AddSingleton<BacktestActions>();
    }
}
