using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quantum.Tidy.Tests.Guards;

/// <summary>Where an exception may be caught: at the edges of the system, nowhere inside.</summary>
internal static partial class CatchGuard
{
    private static readonly Regex[] _mayCatch = [ProgramFile(), GatewayFile(), EdgeFolder(), CodecFolder()];

    public static IEnumerable<string> Violations(SourceTree tree) =>
        from file in tree.Files(".cs")
        where !_mayCatch.Any(pattern => pattern.IsMatch(file))
        from clause in tree.Nodes(file).OfType<CatchClauseSyntax>()
        let caught = clause.Declaration?.Type.ToString() ?? "everything"
        let line = SourceTree.LineOf(clause)
        select $"{file}:{line}: catch ({caught}) belongs into a gateway, the runner or Program.cs";

    [GeneratedRegex(@"(^|/)Program\.cs$")]
    private static partial Regex ProgramFile();

    [GeneratedRegex(@"^(services|tools)/.+(Gateway\.cs|/Gateways/[^/]+\.cs)$")]
    private static partial Regex GatewayFile();

    // The event log holds the connection and the runner, hosting the start-up; the rest is no part of the trading.
    [GeneratedRegex("^(core/Quantum\\.(EventLog|Hosting)|Quantum\\.(ServiceDefaults|AppHost)|tests|bench|compat)/")]
    private static partial Regex EdgeFolder();

    // Entries and saved state are text, and parsers say "not readable" only by throwing; the codec names what.
    [GeneratedRegex("^core/Quantum\\.Contracts/(Wire/|Flow/RoleState\\.cs)")]
    private static partial Regex CodecFolder();
}
