using Microsoft.Extensions.Configuration;

namespace Quantum.AppHost;

/// <summary>
/// Which book of instruments the services are given: the one of <c>--instruments</c>, else
/// <c>.quantum/instruments.json</c> when it is there, else the one that is built in.
/// </summary>
internal static class InstrumentBooks
{
    public const string Setting = "Instruments:Path";

    /// <summary>
    /// Keeps a copy with the run's other data: a service that is started again reads the same book as the others, also
    /// when the file was replaced meanwhile.
    /// </summary>
    public static void ChooseInstruments(this IDistributedApplicationBuilder builder)
    {
        if (!builder.ExecutionContext.IsRunMode) return;
        var kept = Path.Combine(builder.Root(), "instruments.json");
        var chosen = builder.Configuration[Setting] ?? (File.Exists(kept) ? kept : null);
        if (chosen is null) return;
        Console.WriteLine($"Instruments: {chosen}, laid over the built-in book.");
        var copy = Path.Combine(builder.Folder(), "instruments-of-run.json");
        try
        {
            Directory.CreateDirectory(builder.Folder());
            File.Copy(chosen, copy, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException(
                $"--instruments '{chosen}' cannot be copied to {copy}: {fault.Message}");
        }

        builder.Configuration[Setting] = copy;
    }

    /// <summary>Hands the book to a service.</summary>
    public static IResourceBuilder<ProjectResource> WithInstruments(
        this IResourceBuilder<ProjectResource> service, IConfiguration configuration) =>
        configuration[Setting] is { } path
            ? service.WithEnvironment(Setting.Replace(":", "__", StringComparison.Ordinal), path)
            : service;
}
