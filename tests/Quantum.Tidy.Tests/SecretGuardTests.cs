using Quantum.Tidy.Tests.Guards;

namespace Quantum.Tidy.Tests;

/// <summary>What of the roles nobody outside knows is found where it is public.</summary>
public sealed class SecretGuardTests
{
    private const string Role = """
        public sealed class ARole(ASettings settings) { private Hidden _state; public void Do() { Hidden.Do(); } }
        """;

    [Theory]
    [InlineData("public sealed class Hidden { }", "Hidden")]
    [InlineData("public enum Hidden { A }", "Hidden")]
    [InlineData("internal class A { } public readonly record struct Hidden(A A);", "Hidden")]
    public void A_secret_that_is_public_is_found(string text, string name) =>
        Assert.Contains($"names {name}: make it internal", Assert.Single(Check(text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("internal sealed class Hidden { public sealed class Part { } }")]
    [InlineData("public sealed record ASettings { public Part Part { get; } } public sealed record Part;")]
    [InlineData("public sealed record ASettings { public IReadOnlyList<Part> P { get; } } public sealed record Part;")]
    [InlineData("public abstract class ASettings { protected Part Part { get; } } public sealed record Part;")]
    public void A_secret_that_is_kept_and_what_a_public_member_tells_of_pass(string text) => Assert.Empty(Check(text));

    [Fact]
    public void A_test_is_nobody_outside()
    {
        using var fixture = new Fixture()
            .With("core/Quantum.Roles/A.cs", "public sealed class Tested { }")
            .With("tests/Quantum.Roles.Tests/A.cs", "class T { Tested A => null; }");
        Assert.Single(SecretGuard.Violations(fixture.Tree));
    }

    private static List<string> Check(string text)
    {
        using var fixture = new Fixture()
            .With("core/Quantum.Roles/A.cs", Role)
            .With("core/Quantum.Roles/B.cs", text)
            .With("services/a/Program.cs", "return new ARole(new ASettings());");
        return [.. SecretGuard.Violations(fixture.Tree)];
    }
}
