using Quantum.Tidy.Tests.Guards;

namespace Quantum.Tidy.Tests;

/// <summary>The repository keeps its own rules. That each rule can fail is proved beside it.</summary>
public sealed class RepositoryTests
{
    [Fact]
    public void References_follow_the_dependency_table() => Clean(DependencyGuard.Violations);

    [Fact]
    public void Every_project_is_in_the_solution() => Clean(SolutionGuard.Violations);

    [Fact]
    public void Files_methods_and_lines_are_short() => Clean(SizeGuard.Violations);

    [Fact]
    public void Type_names_say_what_a_type_does() => Clean(NameGuard.Violations);

    [Fact]
    public void Namespaces_equal_folders() => Clean(NamespaceGuard.Violations);

    [Fact]
    public void Handlers_are_named_by_what_comes() => Clean(HandlerGuard.Violations);

    [Fact]
    public void Every_reason_is_registered() => Clean(ReasonGuard.Violations);

    [Fact]
    public void Tests_never_sleep_to_wait() => Clean(WaitGuard.Violations);

    [Fact]
    public void Exceptions_are_caught_at_the_edges_only() => Clean(CatchGuard.Violations);

    [Fact]
    public void Roles_keep_their_secrets() => Clean(SecretGuard.Violations);

    [Fact]
    public void Roles_declare_nothing_of_a_banned_type() => Clean(RoleTypeGuard.Violations);

    [Fact]
    public void Text_names_no_machine_no_registry_and_no_key() => Clean(TextGuard.Violations);

    [Fact]
    public void Documents_launcher_and_ci_agree_with_the_tree() => Clean(DocumentGuard.Violations);

    [Fact]
    public void Every_row_of_the_security_table_has_its_test() => Clean(SecurityGuard.Violations);

    [Fact]
    public void The_maintainers_lists_name_what_is_there() => Clean(MaintainingGuard.Violations);

    [Fact]
    public void Nothing_is_declared_that_nobody_uses() => Clean(UnusedGuard.Violations);

    private static void Clean(Func<SourceTree, IEnumerable<string>> guard)
    {
        Assert.NotEmpty(SourceTree.Repository.Files(".cs"));
        var violations = guard(SourceTree.Repository).ToList();
        Assert.True(violations.Count == 0, string.Join('\n', violations));
    }
}
