using Quantum.Tidy.Tests.Guards;

namespace Quantum.Tidy.Tests;

/// <summary>What nobody uses is found, and what somebody uses is left alone.</summary>
public sealed class UnusedGuardTests
{
    private const string User = "public sealed class A { static A Make() => B.Used() ?? Make(); A Me => Me; }";

    [Theory]
    [InlineData("class B { public static A Used() => null; public void Dead() { } }", "Dead")]
    [InlineData("class B { public static A Used() => null; int Dead { get; } }", "Dead")]
    [InlineData("class B { public static A Used() => null; const int Dead = 1; }", "Dead")]
    [InlineData("class B { public static A Used() => null; } interface IDead;", "IDead")]
    [InlineData("class B { public static A Used() => null; } enum Dead { X }", "Dead")]
    [InlineData("class B { public static A Used() => null; } delegate void Dead();", "Dead")]
    [InlineData("static class B { public static A Used() => null; public static void Dead(this A a) { } }", "Dead")]
    public void What_nobody_uses_is_found(string text, string name) =>
        Assert.Contains($"uses {name}", Assert.Single(Check(text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("class B { public static A Used() => null; public override string ToString() => \"\"; }")]
    [InlineData("class B : IDisposable { public static A Used() => null; public void Dispose() { } }")]
    [InlineData("class B { public static A Used() => Own(nameof(N)); static A Own(string s) => null; int N => 1; }")]
    [InlineData("static class B { public static A Used() => null; }")]
    public void What_somebody_uses_is_left_alone(string text) => Assert.Empty(Check(text));

    [Fact]
    public void A_test_is_no_user()
    {
        using var fixture = new Fixture()
            .With("core/Quantum.X/A.cs", User)
            .With("core/Quantum.X/B.cs", "class B { public static A Used() => null; public void OnlyTested() { } }")
            .With("tests/Quantum.X.Tests/T.cs", "class T { void M() => B.OnlyTested(); }");
        var found = Assert.Single(UnusedGuard.Violations(fixture.Tree));
        Assert.Contains("uses OnlyTested", found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_is_a_user()
    {
        using var fixture = new Fixture()
            .With("core/Quantum.X/A.cs", User)
            .With("core/Quantum.X/B.cs", "class B { public static A Used() => null; public int Shown { get; } }")
            .With("services/x/Page.razor", "<p>@One.Shown</p>");
        Assert.Empty(UnusedGuard.Violations(fixture.Tree));
    }

    private static List<string> Check(string text)
    {
        using var fixture = new Fixture().With("core/Quantum.X/A.cs", User).With("core/Quantum.X/B.cs", text);
        return [.. UnusedGuard.Violations(fixture.Tree)];
    }
}
