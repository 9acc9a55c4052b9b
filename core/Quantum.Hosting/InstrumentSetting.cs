using Microsoft.Extensions.Configuration;
using Quantum.Instruments;

namespace Quantum.Hosting;

/// <summary>The book that all services of a run are given, by the setting <c>Instruments:Path</c>.</summary>
public static class InstrumentSetting
{
    /// <summary>
    /// The book of the setting's file, else the built-in one; throws <see cref="StartupException"/> with one line.
    /// </summary>
    public static InstrumentBook Instruments(this IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var path = configuration[PlainSettings.InstrumentsPath.Name];
        if (string.IsNullOrWhiteSpace(path)) return InstrumentBook.BuiltIn;
        try
        {
            return InstrumentBook.Load(path);
        }
        catch (InstrumentException fault)
        {
            throw new StartupException($"Instruments:Path (--instruments): {fault.Message}", fault);
        }
    }
}
