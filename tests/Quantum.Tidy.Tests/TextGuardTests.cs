using Quantum.Tidy.Tests.Guards;

namespace Quantum.Tidy.Tests;

/// <summary>The rules on committed text and documents, proved able to fail.</summary>
public sealed class TextGuardTests
{
    private const string Steps = "## One tick to its result\n\n`a/A.cs`\n\n## Steps\n\n"
        + "1. a\n   `a/A.cs`\n2. `a/A.cs`\n3. `a/A.cs`\n4. `a/A.cs`\n5. `a/A.cs`\n6. `a/A.cs`\n"
        + "7. `a/A.cs`\n8. `a/A.cs`\n9. `a/A.cs`\n";

    // Split, so that this file does not hold what it looks for.
    [Theory]
    [InlineData("see /ho" + "me/someone/x")]
    [InlineData("dir=/tm" + "p/x")]
    [InlineData("\"/ro" + "ot/.nuget\"")]
    [InlineData("C:\\Us" + "ers\\someone")]
    [InlineData("https://api.nu" + "get.org/v3/index.json")]
    [InlineData("\"resolved\": \"https://regis" + "try.example.org/x.tgz\"")]
    [InlineData("api_ke" + "y = \"0123456789abcdef0123456789abcdef\"")]
    public void Text_of_one_machine_is_found(string text)
    {
        using var fixture = new Fixture().With("docs/a.md", $"first\n{text}\n");
        Assert.StartsWith("docs/a.md:2:", Assert.Single(TextGuard.Violations(fixture.Tree)));
    }

    [Theory]
    [InlineData("/usr/bin/redis-server")]
    [InlineData("https://dotnet.microsoft.com/download")]
    [InlineData("https://example.org/home/page")]
    [InlineData("$HOME/tmp/x and ../work/x")]
    [InlineData("api_key = \"short\"")]
    public void Text_of_any_machine_passes(string text)
    {
        using var fixture = new Fixture().With("docs/a.md", text);
        Assert.Empty(TextGuard.Violations(fixture.Tree));
    }

    [Fact]
    public void A_true_set_of_documents_passes()
    {
        using var fixture = Documents();
        Assert.Empty(DocumentGuard.Violations(fixture.Tree));
    }

    [Theory]
    [InlineData("ARCHITECTURE.md", Steps + "10. `a/Gone.cs`\n", "names a/Gone.cs, which does not exist")]
    [InlineData("ARCHITECTURE.md", Steps + "10. nobody acts\n", "step 10 names no file")]
    [InlineData("ARCHITECTURE.md", Steps, "9 numbered steps")]
    [InlineData(".ci/run", "dotnet test\n", "does not name the test command")]
    [InlineData("README.md", "`./quantum test` and no verbs", "lacks `audit`")]
    [InlineData("tools/Quantum.Cli/Program.cs", "Command[] verbs = [];", "makes no command of")]
    [InlineData("tools/Quantum.Cli/Commands/KillVerb.cs", "class KillVerb;", "states no Name and Summary")]
    public void A_document_that_lies_is_found(string path, string text, string expected)
    {
        using var fixture = Documents().With(path, text);
        Assert.Contains(expected, Assert.Single(DocumentGuard.Violations(fixture.Tree)));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(25, false)]
    [InlineData(26, true)]
    public void A_tick_that_is_followed_through_too_many_files_is_found(int files, bool found)
    {
        using var fixture = Documents();
        var names = Enumerable.Range(0, files).Select(number => $"a/A{number}.cs").ToList();
        foreach (var name in names) fixture.With(name, "");
        fixture.With("ARCHITECTURE.md", Steps.Replace("`a/A.cs`\n\n##", string.Join(
            ", ", names.Select(name => $"`{name}`")) + "\n\n##", StringComparison.Ordinal) + "10. `a/A.cs`\n");
        Assert.Equal(found, DocumentGuard.Violations(fixture.Tree).Any());
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public void An_editorconfig_of_sixty_lines_is_found(int lines, bool found)
    {
        using var fixture = Documents().With(".editorconfig", string.Concat(Enumerable.Repeat("x = y\n", lines)));
        Assert.Equal(found, DocumentGuard.Violations(fixture.Tree).Any());
    }

    [Theory]
    [InlineData("`a/A.cs`, `a/`, `A.cs`, `A`, `Make…`, `trade.intent`, `dotnet test a/`", null)]
    [InlineData("`a/Gone.cs`", "a/Gone.cs")]
    [InlineData("`gone/`", "gone/")]
    [InlineData("`Gone.cs`", "Gone.cs")]
    [InlineData("`A_test_that_went`", "A_test_that_went")]
    [InlineData("`Find…`", "Find…")]
    [InlineData("`trade.wish`", "trade.wish")]
    [InlineData("`dotnet test tests/Gone`", "dotnet test tests/Gone")]
    public void A_maintainers_list_that_names_what_is_gone_is_found(string text, string? gone)
    {
        using var fixture = new Fixture().With("a/A.cs", "class A { void MakeOne() { } }")
            .With("docs/MAINTAINING.md", text);
        var found = MaintainingGuard.Violations(fixture.Tree);
        if (gone is null) Assert.Empty(found);
        else Assert.Contains($"`{gone}`", Assert.Single(found));
    }

    [Theory]
    [InlineData("docs/decisions/0001-b.md", "# 1. B\n", "is the number of")]
    [InlineData("docs/decisions/0002-b.md", "# 3. B\n", "begins with '# 2. '")]
    public void Decisions_of_one_number_are_found(string path, string text, string expected)
    {
        using var fixture = Documents().With("docs/decisions/0001-a.md", "# 1. A\n").With(path, text);
        Assert.Contains(expected, Assert.Single(DocumentGuard.Violations(fixture.Tree)));
    }

    [Theory]
    [InlineData("| it holds | `Guard` | `GuardTests.It_holds` |", null)]
    [InlineData("| it holds | `Guard.Hold`, `a/` | `GuardTests.It_holds`, as everywhere |", null)]
    [InlineData("| it holds | `Guard` | the same |", "names no test")]
    [InlineData("| it holds | `Guard` | |", "names no test")]
    [InlineData("| it holds | `Guard` |", "has 2 cells")]
    [InlineData("| it holds | `Guard` | `GuardTests.It_went` |", "names the test `GuardTests.It_went`")]
    [InlineData("| it holds | `Guard` | `GuardTests.Helps` |", "names the test `GuardTests.Helps`")]
    [InlineData("| it holds | `Gone` | `GuardTests.It_holds` |", "is checked in `Gone`")]
    [InlineData("", "has no table")]
    public void A_security_check_without_its_test_is_found(string row, string? expected)
    {
        using var fixture = new Fixture()
            .With("a/Guard.cs", "class Guard;")
            .With("a/GuardTests.cs", "class GuardTests { [BrowserFact] void It_holds() {} void Helps() {} }")
            .With("docs/SECURITY.md", $"# Security\n\n| check | where | test |\n|---|---|---|\n{row}\n");
        var found = SecurityGuard.Violations(fixture.Tree).ToList();
        if (expected is null) Assert.Empty(found);
        else Assert.Contains(expected, Assert.Single(found));
    }

    private static Fixture Documents() => new Fixture()
        .With("a/A.cs", "")
        .With("ARCHITECTURE.md", Steps + "10. `a/A.cs`\n")
        .With(".editorconfig", "root = true\n")
        .With(".ci/run", "./quantum test\n")
        .With("README.md", "`./quantum test`, `audit`\n")
        .With("tools/Quantum.Cli/Program.cs", "Command[] verbs = [AuditVerb.Create()];\n")
        .With("tools/Quantum.Cli/Commands/AuditVerb.cs",
            "const string Name = \"audit\";\nconst string Summary = \"look at every stream\";\n");
}
