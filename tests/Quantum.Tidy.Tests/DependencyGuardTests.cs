using Quantum.Tidy.Tests.Guards;

namespace Quantum.Tidy.Tests;

/// <summary>The dependency rule and the list of projects, proved able to fail.</summary>
public sealed class DependencyGuardTests
{
    private const string Contracts = "core/Quantum.Contracts/Quantum.Contracts.csproj";
    private const string Roles = "core/Quantum.Roles/Quantum.Roles.csproj";
    private const string EventLog = "core/Quantum.EventLog/Quantum.EventLog.csproj";
    private const string Defaults = "Quantum.ServiceDefaults/Quantum.ServiceDefaults.csproj";
    private const string AppHost = "Quantum.AppHost/Quantum.AppHost.csproj";
    private const string Market = "services/market/Quantum.Market.csproj";
    private const string Ai = "services/ai/Quantum.Ai.csproj";

    [Theory]
    [InlineData(Contracts, Roles)]
    [InlineData(Roles, EventLog)]
    [InlineData(EventLog, Roles)]
    [InlineData(Defaults, Contracts)]
    [InlineData(AppHost, Roles)]
    [InlineData(Market, Ai)]
    [InlineData(Market, "tests/Quantum.Testing/Quantum.Testing.csproj")]
    [InlineData("tools/Quantum.Cli/Quantum.Cli.csproj", Market)]
    public void A_forbidden_reference_is_found(string project, string reference)
    {
        using var fixture = new Fixture().With(project, Project(project, reference));
        Assert.Contains($"{project}: must not reference {reference}", DependencyGuard.Violations(fixture.Tree));
    }

    [Theory]
    [InlineData(Roles, Contracts)]
    [InlineData(EventLog, Contracts)]
    [InlineData(Market, Roles)]
    [InlineData(Market, Defaults)]
    [InlineData(AppHost, Market)]
    [InlineData(AppHost, Contracts)]
    [InlineData("tools/Quantum.Cli/Quantum.Cli.csproj", EventLog)]
    [InlineData("bench/Quantum.Bench/Quantum.Bench.csproj", EventLog)]
    [InlineData("tests/X.Tests/X.Tests.csproj", Market)]
    public void An_allowed_reference_passes(string project, string reference)
    {
        using var fixture = new Fixture().With(project, Project(project, reference));
        Assert.Empty(DependencyGuard.Violations(fixture.Tree));
    }

    [Fact]
    public void A_reference_with_backslashes_is_understood()
    {
        using var fixture = new Fixture()
            .With(Market, "<Project><ProjectReference Include=\"..\\ai\\Quantum.Ai.csproj\" /></Project>");
        Assert.Single(DependencyGuard.Violations(fixture.Tree));
    }

    [Fact]
    public void A_project_in_an_unknown_folder_is_found()
    {
        using var fixture = new Fixture().With("lib/X/X.csproj", "<Project />");
        Assert.Contains("no row of the dependency table", Assert.Single(DependencyGuard.Violations(fixture.Tree)));
    }

    [Theory]
    [InlineData("Quantum.AppHost/AppHost.cs", "using Quantum.Roles.Executor;\n")]
    public void A_file_that_knows_too_much_is_found(string path, string text)
    {
        using var fixture = new Fixture().With(path, text);
        Assert.StartsWith(path, Assert.Single(DependencyGuard.Violations(fixture.Tree)));
    }

    [Theory]
    [InlineData("Quantum.AppHost/AppHost.cs", "using Quantum.AppHost;\nusing Quantum.Contracts.Catalog;\n")]
    public void A_file_that_may_know_passes(string path, string text)
    {
        using var fixture = new Fixture().With(path, text);
        Assert.Empty(DependencyGuard.Violations(fixture.Tree));
    }

    [Theory]
    [InlineData("tests/A.Tests/A.Tests.csproj", "not in Quantum.sln")]
    [InlineData("tests/B/B.csproj", "holds tests")]
    public void A_project_that_would_not_be_tested_is_found(string project, string expected)
    {
        using var fixture = new Fixture()
            .With("Quantum.sln", "\"tests\\B\\B.csproj\"\n")
            .With(project, "<Project />")
            .With(Path.GetDirectoryName(project) + "/Sub/T.cs", "class T\n{\n    [Fact]\n    void A() { }\n}\n");
        Assert.Contains(expected, Assert.Single(SolutionGuard.Violations(fixture.Tree)));
    }

    private static string Project(string project, string reference) =>
        $"<Project><ItemGroup><ProjectReference Include=\"{Up(project)}{reference}\" /></ItemGroup></Project>";

    private static string Up(string project) => string.Concat(Enumerable.Repeat("../", project.Count(c => c == '/')));
}
