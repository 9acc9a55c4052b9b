using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Quantum.Tidy.Tests.Guards;

/// <summary>Which project may reference which: the dependency rule, read from the project files.</summary>
internal static partial class DependencyGuard
{
    private const string Contracts = "core/Quantum.Contracts/";
    private const string Roles = "core/Quantum.Roles/";
    private const string Resp = "core/Quantum.Resp/";
    private const string EventLog = "core/Quantum.EventLog/";
    private const string Audit = "core/Quantum.Audit/";
    private const string Looking = "core/Quantum.Looking/";
    private const string InProcess = "core/Quantum.InProcess/";
    private const string Archive = "core/Quantum.Archive/";
    private const string Replay = "core/Quantum.Replay/";
    private const string Feeds = "core/Quantum.Feeds/";
    private const string Instruments = "core/Quantum.Instruments/";
    private const string Exchanges = "core/Quantum.Exchanges/";
    private const string Binance = "core/Quantum.Binance/";
    private const string Backtest = "core/Quantum.Backtest/";
    private const string Simulation = "core/Quantum.Simulation/";
    private const string Hosting = "core/Quantum.Hosting/";
    private const string ServiceDefaults = "Quantum.ServiceDefaults/";
    private const string AppHost = "Quantum.AppHost/";

    /// <summary>First matching row wins; a project that no row matches is a violation.</summary>
    private static readonly (string Area, string[] MayReference)[] s_table =
    [
        (Contracts, []),
        (Roles, [Contracts]),
        (Resp, [Contracts]),
        (EventLog, [Contracts, Resp]),
        (Audit, [Contracts, Resp, EventLog]),
        (Looking, [Contracts, Resp, EventLog, Roles]),
        (InProcess, [Contracts, EventLog]),
        (Archive, [Contracts, Resp, EventLog]),
        (Replay, [Contracts, Resp, EventLog, Archive, Backtest, Instruments]),
        (Feeds, [Contracts, EventLog, Archive]),
        (Instruments, [Contracts, Roles]),
        (Backtest, [Contracts, Roles, EventLog, InProcess, Feeds, Instruments]),
        (Simulation, [Contracts, EventLog, InProcess, Instruments, Roles, Backtest]),
        (Exchanges, [Contracts, Resp]),
        (Binance, [Contracts, Exchanges, Feeds, "compat/"]),
        ("compat/", []),
        (Hosting, [Contracts, EventLog, Instruments, ServiceDefaults]),
        (ServiceDefaults, []),
        (AppHost, ["services/", Contracts]),
        ("services/", ["core/", ServiceDefaults]),
        ("tools/", ["core/"]),
        ("bench/", ["core/", "services/", "tools/", "bench/"]),
        ("tests/", ["core/", "services/", "tools/", "tests/", "bench/", ServiceDefaults, AppHost]),
    ];

    public static IEnumerable<string> Violations(SourceTree tree)
    {
        foreach (var project in tree.Files(".csproj"))
        {
            var row = s_table.FirstOrDefault(r => project.StartsWith(r.Area, StringComparison.Ordinal));
            if (row.Area is null)
            {
                yield return $"{project}: no row of the dependency table covers this folder";
                continue;
            }

            foreach (var reference in References(tree, project))
            {
                if (!row.MayReference.Any(area => reference.StartsWith(area, StringComparison.Ordinal)))
                {
                    yield return $"{project}: must not reference {reference}";
                }
            }
        }

        foreach (var violation in AppHostUses(tree))
        {
            yield return violation;
        }
    }

    private static IEnumerable<string> References(SourceTree tree, string project)
    {
        var folder = Path.GetDirectoryName(Path.Combine(tree.Root, project))!;
        return XDocument.Parse(tree.Read(project)).Descendants()
            .Where(e => e.Name.LocalName == "ProjectReference")
            .Select(e => e.Attribute("Include")?.Value ?? "")
            .Select(path => Path.GetFullPath(Path.Combine(folder, path.Replace('\\', '/'))))
            .Select(path => Path.GetRelativePath(tree.Root, path).Replace('\\', '/'));
    }

    private static IEnumerable<string> AppHostUses(SourceTree tree) =>
        from file in tree.Files(".cs")
        where file.StartsWith(AppHost, StringComparison.Ordinal)
        where UsingQuantum().IsMatch(tree.Read(file))
        select $"{file}: the AppHost knows services as resources only; of core it uses the catalog in Contracts";

    [GeneratedRegex(@"^\s*(global\s+)?using\s+(static\s+)?Quantum\.(?!(AppHost|Contracts)\b)", RegexOptions.Multiline)]
    private static partial Regex UsingQuantum();
}
