using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quantum.Tidy.Tests.Guards;

/// <summary>Where an exception may be caught: at the edges of the system, nowhere inside.</summary>
internal static partial class CatchGuard
{
    /// <summary>Path pattern and the exception type allowed there (null: any).</summary>
    private static readonly (Regex Path, string? Type)[] _table =
    [
        (ProgramFile(), null),
        (GatewayFile(), null),
        (EdgeFolder(), null),
        (ContractsFolder(), "JsonException"),
    ];

    public static IEnumerable<string> Violations(SourceTree tree) =>
        from file in tree.Files(".cs")
        from clause in tree.Nodes(file).OfType<CatchClauseSyntax>()
        let caught = clause.Declaration?.Type.ToString().Split('.')[^1]
        where !_table.Any(row => row.Path.IsMatch(file) && (row.Type is null || row.Type == caught))
        let line = SourceTree.LineOf(clause)
        select $"{file}:{line}: catch ({caught ?? "everything"}) belongs into a gateway, the runner or Program.cs";

    [GeneratedRegex(@"(^|/)Program\.cs$")]
    private static partial Regex ProgramFile();

    [GeneratedRegex(@"^services/.+(Gateway\.cs|/Gateways/[^/]+\.cs)$")]
    private static partial Regex GatewayFile();

    // The event log holds the connection and the runner; the rest stands outside the trading system.
    [GeneratedRegex("^(core/Quantum\\.EventLog|Quantum\\.ServiceDefaults|tests|bench|compat)/")]
    private static partial Regex EdgeFolder();

    // Legacy entries carry JSON text, and the parser says "not JSON" only by throwing.
    [GeneratedRegex("^core/Quantum\\.Contracts/")]
    private static partial Regex ContractsFolder();
}
