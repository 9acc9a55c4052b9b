using System.Text.RegularExpressions;

namespace Quantum.Tidy.Tests.Guards;

/// <summary>What the documents, the launcher and CI say is what the tree holds.</summary>
internal static partial class DocumentGuard
{
    private const string Architecture = "ARCHITECTURE.md";
    private const string Commands = "tools/Quantum.Cli/Program.cs";
    private const string TestCommand = "./quantum test";
    private const int StepsOfATrade = 10;
    private const int MostFilesOfATick = 25;
    private const int MaxEditorConfigLines = 60;

    public static IEnumerable<string> Violations(SourceTree tree) =>
        ArchitectureNamesFiles(tree)
            .Concat(EditorConfigIsShort(tree))
            .Concat(VerbsAreDescribed(tree))
            .Concat(DecisionsAreNumbered(tree))
            .Concat(CiRunsTheReadmesCommand(tree));

    private static IEnumerable<string> ArchitectureNamesFiles(SourceTree tree)
    {
        var text = tree.Read(Architecture);
        foreach (Match path in NamedFile().Matches(text))
        {
            if (!tree.Has(path.Groups[1].Value))
            {
                yield return $"{Architecture}: names {path.Groups[1].Value}, which does not exist";
            }
        }

        var steps = NumberedStep().Matches(text);
        if (steps.Count != StepsOfATrade)
        {
            yield return $"{Architecture}: {steps.Count} numbered steps, a trade's life has {StepsOfATrade}";
        }

        foreach (Match step in steps)
        {
            if (!NamedFile().IsMatch(step.Value))
            {
                yield return $"{Architecture}: step {step.Groups[1].Value} names no file that acts";
            }
        }

        var read = NamedFile().Matches(WayOfATick().Match(text).Value).Select(path => path.Value).Distinct().Count();
        if (read is 0 or > MostFilesOfATick)
            yield return $"{Architecture}: a tick is followed through {read} files, at most {MostFilesOfATick}";
    }

    private static IEnumerable<string> EditorConfigIsShort(SourceTree tree)
    {
        var lines = tree.Lines(".editorconfig").Length;
        return lines < MaxEditorConfigLines
            ? []
            : [$".editorconfig: {lines} lines, want fewer than {MaxEditorConfigLines}"];
    }

    /// <summary>The launcher's help reads name and summary from these files; the README repeats the names.</summary>
    private static IEnumerable<string> VerbsAreDescribed(SourceTree tree)
    {
        var (readme, commands) = (tree.Read("README.md"), tree.Read(Commands));
        foreach (var file in tree.Files("Verb.cs"))
        {
            if (!file.StartsWith("tools/Quantum.Cli/Commands/", StringComparison.Ordinal))
            {
                continue;
            }

            var text = tree.Read(file);
            var name = VerbName().Match(text);
            if (!name.Success || !VerbSummary().IsMatch(text))
            {
                yield return $"{file}: states no Name and Summary, constants on one line each, for `./quantum`";
            }
            else if (!commands.Contains($"{Path.GetFileNameWithoutExtension(file)}.Create(", StringComparison.Ordinal))
            {
                yield return $"{Commands}: makes no command of {file}, which `./quantum` lists";
            }
            else if (!readme.Contains($"`{name.Groups[1].Value}", StringComparison.Ordinal))
            {
                yield return $"README.md: the table of verbs lacks `{name.Groups[1].Value}`";
            }
        }
    }

    private static IEnumerable<string> DecisionsAreNumbered(SourceTree tree)
    {
        var last = ("", "");
        foreach (var file in tree.Files(".md"))
        {
            if (NumberOfDecision().Match(file).Groups[1] is not { Success: true, Value: var number }) continue;
            if (last.Item1 == number)
                yield return $"{file}: {number} is the number of {last.Item2}; take the next free one";
            if (!tree.Read(file).StartsWith($"# {number.TrimStart('0')}. ", StringComparison.Ordinal))
                yield return $"{file}: its title begins with '# {number.TrimStart('0')}. '";
            last = (number, file);
        }
    }

    private static IEnumerable<string> CiRunsTheReadmesCommand(SourceTree tree) =>
        from file in (string[])[".ci/run", "README.md"]
        where !tree.Read(file).Contains(TestCommand, StringComparison.Ordinal)
        select $"{file}: does not name the test command `{TestCommand}`";

    [GeneratedRegex(@"`([\w./-]+/[\w.-]+\.(?:cs|sh|json|md|proto|props|targets))`")]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"^(\d+)\. (?:.+\n?)(?:^ +.+\n?)*", RegexOptions.Multiline)]
    private static partial Regex NumberedStep();

    [GeneratedRegex(@"^## One tick to its result[^\n]*\n(?:(?!## ).*\n)*", RegexOptions.Multiline)]
    private static partial Regex WayOfATick();

    [GeneratedRegex(@"^docs/decisions/(\d+)-")]
    private static partial Regex NumberOfDecision();

    [GeneratedRegex(@"const string Name = ""([a-z-]+)"";")]
    private static partial Regex VerbName();

    [GeneratedRegex(@"const string Summary = ""[^""]+"";")]
    private static partial Regex VerbSummary();
}
