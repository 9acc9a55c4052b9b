using Quantum.Tidy.Tests.Guards;

namespace Quantum.Tidy.Tests;

/// <summary>The rules on source text, each proved able to fail and to leave its near miss alone.</summary>
public sealed class SourceGuardTests
{
    private const string AnyFile = "core/Quantum.Roles/A.cs";

    public static TheoryData<string, string> Oversized => new()
    {
        { Lines(401), "401 lines" },
        { "// " + new string('x', 118) + "\n", "121 columns" },
        { $"class A\n{{\n    void Long()\n    {{\n{Lines(58)}    }}\n}}\n", "Long has 61 lines" },
        { $"class A\n{{\n    A()\n    {{\n{Lines(58)}    }}\n}}\n", "A has 61 lines" },
        { $"class A\n{{\n int X\n {{\n  get\n  {{\n{Lines(58)}  }}\n }}\n}}\n", "GetAccessorDeclaration has 61 lines" },
        { $"Local();\nvoid Local()\n{{\n{Lines(58)}}}\n", "Local has 61 lines" },
        { "namespace N;\npublic class A;\npublic class B;\n", "2 public types (A, B)" },
        { $"public class A;\npublic record B\n{{\n{Lines(18)}    public int X;\n}}\n", "2 public types (A, B)" },
    };

    public static TheoryData<string> Fitting =>
    [
        Lines(400),
        "// " + new string('x', 117) + "\n",
        $"class A\n{{\n    void Long()\n    {{\n{Lines(57)}    }}\n}}\n",
        "public class A;\npublic record B(int X);\npublic enum C { D }\npublic delegate void E();\ninternal class F;\n",
        "public class A;\npublic class A<T>;\n",
        "public class A\n{\n    public class Nested;\n    public class Other;\n}\n",
    ];

    [Theory]
    [MemberData(nameof(Oversized))]
    public void What_is_too_large_is_found(string text, string expected) =>
        Assert.Contains(expected, Assert.Single(Check(SizeGuard.Violations, AnyFile, text)));

    [Theory]
    [MemberData(nameof(Fitting))]
    public void What_just_fits_passes(string text) => Assert.Empty(Check(SizeGuard.Violations, AnyFile, text));

    [Theory]
    [InlineData("class OrderManager;")]
    [InlineData("interface IOrderHelper;")]
    [InlineData("enum Util { A }")]
    [InlineData("record struct TradeData(int X);")]
    [InlineData("class Outer { class GatewayBase; }")]
    [InlineData("delegate void OrderInfo();")]
    [InlineData("class RedisImpl;")]
    public void An_empty_word_at_the_end_of_a_name_is_found(string text) =>
        Assert.Single(Check(NameGuard.Violations, AnyFile, text));

    [Theory]
    [InlineData(AnyFile, "record MarketData(int X); class AiEngine; class AiEngineRole; class Metadata;")]
    public void A_name_from_the_catalog_passes(string path, string text) =>
        Assert.Empty(Check(NameGuard.Violations, path, text));

    [Theory]
    [InlineData("tests/X.Tests/A.cs", "Thread.Sleep(10);")]
    [InlineData("tests/X.Tests/A.cs", "await Task.Delay(10);")]
    [InlineData("tests/X.Tests/A.cs", "await System.Threading.Tasks.Task.Delay(10);")]
    public void A_test_that_sleeps_is_found(string path, string text) =>
        Assert.StartsWith($"{path}:1:", Assert.Single(Check(WaitGuard.Violations, path, text)));

    [Theory]
    [InlineData("tests/Quantum.Testing/Poll.cs", "await Task.Delay(10);")]
    [InlineData("tests/X.Tests/A.cs", "await Task.Delay(10); // not a wait: the handler under test is slow")]
    [InlineData("services/market/A.cs", "await Task.Delay(10);")]
    [InlineData("tests/X.Tests/A.cs", "// Thread.Sleep(10);")]
    public void A_pause_that_is_no_wait_passes(string path, string text) =>
        Assert.Empty(Check(WaitGuard.Violations, path, text));

    [Theory]
    [InlineData("core/Quantum.Roles/A.cs", "try { } catch { }")]
    [InlineData("core/Quantum.Contracts/Events/A.cs", "try { } catch (FormatException) { }")]
    [InlineData("services/market/Feed.cs", "try { } catch (Exception e) when (e is IOException) { }")]
    [InlineData("tools/Quantum.Cli/Commands/AuditVerb.cs", "try { } catch (IOException) { }")]
    public void A_catch_inside_the_system_is_found(string path, string text) =>
        Assert.StartsWith($"{path}:1:", Assert.Single(Check(CatchGuard.Violations, path, text)));

    [Theory]
    [InlineData("services/market/Program.cs")]
    [InlineData("services/market/BinanceFeedGateway.cs")]
    [InlineData("services/market/Gateways/Reconnect.cs")]
    [InlineData("core/Quantum.EventLog/Runner/RoleRunner.cs")]
    [InlineData("core/Quantum.Contracts/Wire/Codec.cs")]
    public void A_catch_at_the_edge_passes(string path) =>
        Assert.Empty(Check(CatchGuard.Violations, path, "try { } catch (IOException) { }"));

    [Theory]
    [InlineData("class A { Dictionary<string, int> _x; }")]
    [InlineData("class A { List<Dictionary<string, int>> X { get; } }")]
    [InlineData("class A { void B(System.Collections.Generic.Dictionary<string, int>? x) { } }")]
    [InlineData("class A { Task B() => null; }")]
    [InlineData("class A : Task { }")]
    public void A_role_that_declares_a_banned_type_is_found(string text) =>
        Assert.Single(CheckRole("core/Quantum.Roles/A.cs", text));

    [Theory]
    [InlineData(
        "core/Quantum.Roles/A.cs",
        "class A { SortedDictionary<int, int> Task { get; } int B(Dictionary<int> x) => 1; }")]
    [InlineData("core/Quantum.EventLog/A.cs", "class A { Task B() => null; }")]
    public void What_is_not_a_banned_type_passes(string path, string text) => Assert.Empty(CheckRole(path, text));

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("// x\n", count));

    private static List<string> CheckRole(string path, string text)
    {
        using var fixture = new Fixture().With(path, text).With(
            "core/Quantum.Roles/BannedSymbols.txt",
            "T:System.Collections.Generic.Dictionary`2;no order\nT:System.Threading.Tasks.Task;no waiting\n");
        return [.. RoleTypeGuard.Violations(fixture.Tree)];
    }

    private static List<string> Check(Func<SourceTree, IEnumerable<string>> guard, string path, string text)
    {
        using var fixture = new Fixture().With(path, text);
        return [.. guard(fixture.Tree)];
    }
}
