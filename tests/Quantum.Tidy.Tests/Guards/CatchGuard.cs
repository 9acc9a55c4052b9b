using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quantum.Tidy.Tests.Guards;

/// <summary>Where an exception may be caught: at the edges of the system, nowhere inside.</summary>
internal static partial class CatchGuard
{
    private static readonly Regex[] s_mayCatch =
        [ProgramFile(), EdgeFolder(), CodecFolder(), FilesFolder(), CompatFolder()];

    /// <summary>What a type of a service derives from that meets the outside world.</summary>
    private static readonly string[] s_edges =
        ["Gateway", "BackgroundService", "IHostedService", "IAlertChannel", "IFeedStore", "IMarketSink"];

    /// <summary>Types of services that meet it too: stores, publishers and readers that derive from nothing.</summary>
    private static readonly string[] s_edgeTypes =
        ["AccountSetup", "AlertPost", "ApiKeys", "ApiSession", "DemoVerb", "FindingPublisher", "JournalStore",
            "JsonText", "LiveReading", "OpenIdLogin", "OperatorWords", "OrderLane", "Problems", "Questions",
            "RedisChoice", "RestHandler", "RunLock", "SystemReader", "VenueLoop", "VenueSocket", "WatchdogStore"];

    public static IEnumerable<string> Violations(SourceTree tree) =>
        from file in tree.Files(".cs")
        where !s_mayCatch.Any(pattern => pattern.IsMatch(file))
        from clause in tree.Nodes(file).OfType<CatchClauseSyntax>()
        where !(OutsideCore().IsMatch(file) && IsAtTheEdge(clause))
        let caught = clause.Declaration?.Type.ToString() ?? "everything"
        let line = SourceTree.LineOf(clause)
        select $"{file}:{line}: catch ({caught}) belongs into a gateway, a store or channel that CatchGuard names, "
            + "the runner or Program.cs";

    private static bool IsAtTheEdge(CatchClauseSyntax clause) =>
        clause.Ancestors().OfType<TypeDeclarationSyntax>().Any(type =>
            s_edgeTypes.Contains(type.Identifier.Text, StringComparer.Ordinal)
            || SourceTree.BasesOf(type).Intersect(s_edges, StringComparer.Ordinal).Any());

    [GeneratedRegex("^(services|tools)/")]
    private static partial Regex OutsideCore();

    [GeneratedRegex(@"(^|/)Program\.cs$")]
    private static partial Regex ProgramFile();

    // The event log holds the connection and the runner, hosting the start-up, the exchanges what comes from outside;
    // the rest is no part of the trading.
    [GeneratedRegex(
        "^(core/Quantum\\.(Resp|EventLog|Audit|InProcess|Hosting|Exchanges|Simulation/Seats)|"
        + "Quantum\\.(ServiceDefaults|AppHost)|tests|bench)/")]
    private static partial Regex EdgeFolder();

    // Entries and saved state are text, and parsers say "not readable" only by throwing; the reader names what.
    [GeneratedRegex("^core/Quantum\\.(Contracts/(Wire/|Flow/RoleState\\.cs)|Instruments/Reading/)")]
    private static partial Regex CodecFolder();

    // What is wrong with somebody's file or a request, the system and the libraries say only by throwing.
    [GeneratedRegex(
        "^core/Quantum\\.((Archive/(Files|Recording)|Feeds/Files|Binance/Calls|Backtest/Settings)/"
        + "|Backtest/Sweeps/SweepStore\\.cs$|Replay/(DecisionFile|ReplayRoles|ReplayRun|Live/LiveReplay)\\.cs$)")]
    private static partial Regex FilesFolder();

    // A stand-in gives its callers what the network throws as results, as the library does.
    [GeneratedRegex("^compat/")]
    private static partial Regex CompatFolder();
}
