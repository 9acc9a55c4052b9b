using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quantum.Contracts.Reasons;

namespace Quantum.Tidy.Tests.Guards;

/// <summary>
/// Every word a role writes in lower case is a registered reason, a counter, the name of a state cell, or one of the
/// few named here; and every registered reason is written somewhere. So no role gives a reason that nobody explains.
/// </summary>
internal static partial class ReasonGuard
{
    private const string Roles = "core/Quantum.Roles/";

    /// <summary>Where else reasons are given: on the way to an exchange.</summary>
    private static readonly string[] s_ways = ["core/Quantum.Binance/", "services/executor/", "services/market/"];
    private const string Registry = "core/Quantum.Contracts/Reasons/";

    /// <summary>Names of features: their own list is checked against the reference script.</summary>
    private const string Features = "/Features/";

    /// <summary>Words in which gates tell what they found.</summary>
    private const string Gates = "core/Quantum.Roles/Gates/";

    /// <summary>
    /// Legs and prefixes of order ids, caps of the leverage, kinds of lots and prices, what is unknown.
    /// </summary>
    private static readonly string[] s_other =
    [
        "entry", "stop", "position", "p1", "q1", "abcdefghijklmnopqrstuvwxyz234567", "ilf", "intent", "policy",
        "bracket", "none", "sizing", "limit", "market", "mark", "last",
    ];

    /// <summary>Codes made of other words, or named by an event: commands, findings, targets, stop moves.</summary>
    private static readonly Regex[] s_made = [Command(), Finding(), Target()];

    public static IEnumerable<string> Violations(SourceTree tree)
    {
        var counters = ReasonCatalog.Counters.Select(known => known.Counter).ToHashSet(StringComparer.Ordinal);
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in tree.Files(".cs"))
        {
            var isRole = file.StartsWith(Roles, StringComparison.Ordinal);
            if (!isRole && !s_ways.Any(way => file.StartsWith(way, StringComparison.Ordinal))) continue;
            foreach (var literal in tree.Nodes(file).OfType<LiteralExpressionSyntax>())
            {
                var word = literal.Token.ValueText;
                if (!literal.IsKind(SyntaxKind.StringLiteralExpression) || !Word().IsMatch(word)) continue;
                written.Add(word);
                if (!isRole) continue;
                if (ReasonCatalog.Find(word) is not null || counters.Contains(word) || IsOther(file, literal)) continue;
                yield return $"{file}:{SourceTree.LineOf(literal)}: '{word}' is no registered reason or counter; "
                    + $"add it with its meaning in {Registry}";
            }
        }

        if (written.Count == 0) yield break;
        foreach (var reason in ReasonCatalog.All)
            if (!written.Contains(reason.Code) && !s_made.Any(pattern => pattern.IsMatch(reason.Code)))
                yield return $"{Registry}: no role writes '{reason.Code}'; remove it";
    }

    private static bool IsOther(string file, LiteralExpressionSyntax literal) =>
        s_other.Contains(literal.Token.ValueText, StringComparer.Ordinal)
        || file.Contains(Features, StringComparison.Ordinal) || file.StartsWith(Gates, StringComparison.Ordinal)
        || literal.Ancestors().OfType<InvocationExpressionSyntax>().Any(IsReading)
        // What a state cell or map is saved under.
        || literal.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { Identifier.Text: "Key" }
        || literal.Ancestors().OfType<InvocationExpressionSyntax>().FirstOrDefault()?.Expression
            // A state cell, or the field of a request that a fault names.
            is MemberAccessExpressionSyntax { Name.Identifier.Text: "Cell" or "Map" }
            or IdentifierNameSyntax { Identifier.Text: "Fault" };

    // What a gate finds and asks for is told to people.
    private static bool IsReading(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax
        {
            Expression: IdentifierNameSyntax { Identifier.Text: "GateReading" },
        };

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex Word();

    [GeneratedRegex("^(kill_on|kill_off|flatten|reset|set_mode|move_stop|operator_stop)$")]
    private static partial Regex Command();

    [GeneratedRegex("^audit_")]
    private static partial Regex Finding();

    [GeneratedRegex(@"^take_profit_\*$")]
    private static partial Regex Target();
}
