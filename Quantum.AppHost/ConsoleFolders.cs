using Microsoft.Extensions.Configuration;
using Quantum.Contracts.Settings;

namespace Quantum.AppHost;

/// <summary>What of this machine's files the console has: where it keeps results, and what it may play.</summary>
internal static class ConsoleFolders
{
    private const string Section = "Backtests:Folders";

    /// <summary>
    /// Keeps results with the run's folder, from run to run, and has the recordings that are configured played; without
    /// any, the one that the run plays.
    /// </summary>
    public static IResourceBuilder<IResourceWithEnvironment> WithFolders(
        this IResourceBuilder<IResourceWithEnvironment> console, IDistributedApplicationBuilder builder, RunFolder run)
    {
        if (!builder.ExecutionContext.IsRunMode) return console;
        console.WithOwn(
            builder.Configuration, "Results:Folder", Path.Combine(run.Path, "results"), PlainSettings.RunFolder.Mend);
        // Its pages link traces to it; the token that logs in stays with who started the run.
        if (DashboardSettings.PlainUrl(builder.Configuration) is { } dashboard)
            console.WithEnvironment(SettingsCheck.VariableOf("Dashboard:Url"), dashboard);
        var known = builder.Configuration.GetSection(Section).GetChildren().ToList();
        // The service lies elsewhere than who typed the path.
        foreach (var folder in known)
        {
            if (folder["Path"] is { Length: > 0 } path)
                console.WithEnvironment(SettingsCheck.VariableOf($"{folder.Path}:Path"), Path.GetFullPath(path));
        }

        if (known.Count > 0 || builder.Configuration["Feed:Path"] is not { Length: > 0 } played) return console;
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(played));
        return console
            .WithEnvironment(SettingsCheck.VariableOf($"{Section}:0:Name"), name)
            .WithEnvironment(SettingsCheck.VariableOf($"{Section}:0:Path"), Path.GetFullPath(played));
    }
}
