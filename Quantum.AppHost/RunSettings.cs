using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;
using Quantum.Contracts.Settings;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.AppHost;

/// <summary>What a run's settings say, checked.</summary>
internal static class RunSettings
{
    private const int HighestPort = 65_535;

    /// <summary>Throws <see cref="DistributedApplicationException"/> at the first setting that cannot be.</summary>
    public static void Check(this IConfiguration configuration)
    {
        var paths = configuration.AsEnumerable().Where(pair => pair.Value is not null).Select(pair => pair.Key);
        if (KnownSections.SlipIn(paths) is { } slip) throw new DistributedApplicationException(slip);
        configuration.CheckOwn("Quantum:Mode", configuration.Mode(), PlainSettings.Mode.Mend);
        _ = configuration.ConsolePort();
        _ = configuration.KeepsJournalInPostgres();
        foreach (var setting in PlainSettings.All.Where(one => one.IsTruth)) _ = configuration.IsOn(setting);
        if (configuration.Mode() is "testnet" or "demo" or "live" && !configuration.IsLiveMarket())
            throw new DistributedApplicationException(
                $"--mode {configuration.Mode()} sends real orders, which need the exchange's own market: add "
                + "--feed binance --symbols A,B, or use --mode paper.");
        if (configuration.UsesSimulatedExchange() && configuration.IsOn(PlainSettings.RunExitAtEnd))
            throw new DistributedApplicationException(
                "--exit-at-end is for a recording that the roles are given: in mode sim an exchange plays it, and has "
                + "no end. Leave it out, or use --mode paper.");
        if (configuration.UsesSimulatedExchange() && configuration["Feed:Path"] is not null
            && string.IsNullOrEmpty(configuration["Feed:Symbols"]))
            throw new DistributedApplicationException(
                "in mode sim the exchange is asked for symbols by name: say which of the recording's, with "
                + "--symbols A,B.");
        if (configuration.IsOn(PlainSettings.RunStandby) && configuration.IsTape())
            throw new DistributedApplicationException(
                "--standby is for a market that goes on whatever happens here: a recording waits. Leave it out.");
        configuration.CheckOwn(
            "Quantum:Tape", configuration.IsTape() ? "true" : "false", "--data FOLDER plays a recording");
        if (AlikeSettings.FaultIn(path => configuration[path], configuration.Mode() == "paper") is { } unlike)
            throw new DistributedApplicationException(unlike);

        // Every service refuses it as well, but one line is enough.
        if (configuration["Quantum:Shards"] is { } shards && shards != "1")
        {
            throw new DistributedApplicationException(
                $"Quantum:Shards is '{shards}': set it to 1, because the limits over all symbols are not enforced "
                + "across shards yet.");
        }
    }

    /// <summary>Whether a setting that is true or false is true; throws where it is neither.</summary>
    public static bool IsOn(this IConfiguration configuration, PlainSetting setting) =>
        bool.TryParse(configuration[setting.Name] is { Length: > 0 } given ? given : setting.Default, out var isOn)
            ? isOn
            : throw new DistributedApplicationException(
                $"{setting.Name} is '{configuration[setting.Name]}': use true or false.");

    /// <summary>
    /// True when a recording is played to the roles; one that a simulated exchange plays is a market like any other.
    /// </summary>
    public static bool IsTape(this IConfiguration configuration) =>
        configuration.IsOn(PlainSettings.RunIsTape) && !configuration.UsesSimulatedExchange();

    /// <summary>
    /// True when the run belongs to no other: a recording, or an exchange that remembers nothing.
    /// </summary>
    public static bool IsOfItsOwn(this IConfiguration configuration) =>
        configuration.IsTape() || configuration.UsesSimulatedExchange();

    /// <summary>True when a venue of our own stands for the exchange.</summary>
    public static bool UsesSimulatedExchange(this IConfiguration configuration) => configuration.Mode() == "sim";

    /// <summary>True when an exchange's live market is told.</summary>
    public static bool IsLiveMarket(this IConfiguration configuration) =>
        "binance".Equals(configuration["Feed:Kind"], StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The mode of the system, from <c>--mode</c> or the setting <c>Parameters:mode</c>; paper unless given.
    /// </summary>
    public static string Mode(this IConfiguration configuration)
    {
        var mode = configuration["mode"] ?? configuration[PlainSettings.Mode.Name] ?? "paper";
        return EnumText<TradingMode>.TryParse(Encoding.UTF8.GetBytes(mode), out _)
            ? mode
            : throw new DistributedApplicationException(
                $"Mode '{mode}' is not known: use {EnumText<TradingMode>.Allowed}.");
    }

    /// <summary>
    /// The port of the console, from <c>--port</c> or the setting <c>Console:Port</c>; null (a free one) when that is
    /// empty.
    /// </summary>
    public static int? ConsolePort(this IConfiguration configuration)
    {
        var text = configuration[PlainSettings.ConsolePort.Name];
        if (string.IsNullOrEmpty(text)) return null;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is < 1 or > HighestPort)
        {
            throw new DistributedApplicationException(
                $"--port '{text}' is no port: give a whole number from 1 to {HighestPort}.");
        }

        return FreePort.IsFree(port)
            ? port
            : throw new DistributedApplicationException(
                $"port {port}, where the console shall answer, is taken: choose another with --port N.");
    }
}
