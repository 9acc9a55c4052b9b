using Microsoft.Extensions.Configuration;
using Quantum.Contracts.Settings;

namespace Quantum.AppHost;

/// <summary>
/// Which book of instruments the services are given: the one of <c>--instruments</c>, else
/// <c>.quantum/instruments.json</c> when it is there, else the one that is built in.
/// </summary>
internal static class InstrumentBooks
{
    /// <summary>
    /// Keeps a copy with the run's other data: a service that is started again reads the same book as the others, also
    /// when the file was replaced meanwhile.
    /// </summary>
    public static void ChooseInstruments(this IDistributedApplicationBuilder builder, RunFolder run)
    {
        if (!builder.ExecutionContext.IsRunMode) return;
        var kept = Path.Combine(run.Path, "instruments.json");
        var chosen = builder.Configuration[PlainSettings.InstrumentsPath.Name] ?? (File.Exists(kept) ? kept : null);
        if (chosen is null) return;
        Console.WriteLine($"Instruments: {chosen}, laid over the built-in book.");
        var copy = Path.Combine(run.Data, "instruments-of-run.json");
        try
        {
            File.Copy(chosen, copy, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException(
                $"--instruments '{chosen}' cannot be copied to {copy}: {fault.Message}");
        }

        builder.Configuration[PlainSettings.InstrumentsPath.Name] = copy;
    }

    /// <summary>Hands the book to a service.</summary>
    public static IResourceBuilder<IResourceWithEnvironment> WithInstruments(
        this IResourceBuilder<IResourceWithEnvironment> service, IConfiguration configuration) =>
        configuration[PlainSettings.InstrumentsPath.Name] is { } path
            ? service.WithEnvironment(SettingsCheck.VariableOf(PlainSettings.InstrumentsPath.Name), path)
            : service;
}
