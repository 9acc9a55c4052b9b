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
    [InlineData("services/market/FeedGateway.cs", "class Feed { void A() { try { } catch (IOException) { } } }")]
    [InlineData("core/Quantum.Roles/B.cs", "class B : Gateway { void A() { try { } catch { } } }")]
    [InlineData("tools/Quantum.Cli/Commands/AuditVerb.cs", "try { } catch (IOException) { }")]
    public void A_catch_inside_the_system_is_found(string path, string text) =>
        Assert.StartsWith($"{path}:1:", Assert.Single(Check(CatchGuard.Violations, path, text)));

    [Theory]
    [InlineData("services/market/Program.cs", "try { } catch (IOException) { }")]
    [InlineData("services/market/A.cs", "class A : Gateway { void B() { try { } catch { } } }")]
    [InlineData("services/market/A.cs", "class A(int x) : IDisposable, IFeedStore { void B() { try { } catch { } } }")]
    [InlineData("services/market/A.cs", "class OrderLane { class C { void B() { try { } catch { } } } }")]
    [InlineData("core/Quantum.EventLog/Runner/RoleRunner.cs", "try { } catch (IOException) { }")]
    [InlineData("core/Quantum.Contracts/Wire/Codec.cs", "try { } catch (IOException) { }")]
    public void A_catch_at_the_edge_passes(string path, string text) =>
        Assert.Empty(Check(CatchGuard.Violations, path, text));

    [Theory]
    [InlineData("services/market/A.cs", "class StoreGateway : IDisposable;", "does not derive from Gateway")]
    [InlineData(AnyFile, "namespace A; class State; ", "both have a type State")]
    [InlineData(AnyFile, "class OrderDesk;", "ends in 'Desk'")]
    public void A_word_with_two_meanings_is_found(string path, string text, string expected)
    {
        using var fixture = new Fixture().With(path, text).With("core/Quantum.Roles/B.cs", "namespace B; class State;");
        Assert.Contains(expected, Assert.Single(NameGuard.Violations(fixture.Tree)));
    }

    [Theory]
    [InlineData("services/market/A.cs", "services/market/B/A.cs", "namespace A; class State;", 1)]
    [InlineData("Quantum.AppHost/A.cs", "Quantum.AppHost/B.cs", "namespace A; enum State { A }", 1)]
    [InlineData("services/market/A.cs", "services/ai/A.cs", "namespace A; class State;", 0)]
    [InlineData("tools/Quantum.Cli/A.cs", "tools/Quantum.Cli/B.cs", "namespace A; partial class State;", 0)]
    [InlineData("tests/A.Tests/A.cs", "tests/A.Tests/B.cs", "namespace A; class State;", 0)]
    public void Two_types_of_one_name_in_one_project_are_found(string one, string other, string text, int found)
    {
        using var fixture = new Fixture().With(one, text).With(other, text);
        Assert.Equal(found, NameGuard.Violations(fixture.Tree).Count());
    }

    [Theory]
    [InlineData("services/market/A.cs", "class SizingGateway : Gateway;")]
    [InlineData("core/Quantum.Roles/A.cs", "namespace A; class State { class State; }")]
    public void A_word_with_one_meaning_passes(string path, string text) =>
        Assert.Empty(Check(NameGuard.Violations, path, text));

    [Theory]
    [InlineData("class A : Role { A() { On(X.Y, Take); } }", "A handles with Take")]
    [InlineData("class A : Gateway { A() { On(X.Y, WriteAsync); } }", "A handles with WriteAsync")]
    [InlineData("class A : Role { A() { OnClock(Tick); } }", "A handles with Tick")]
    [InlineData("class A : Role { A() { On(X.Y, (in int a, Outbox b) => B()); } }", "A handles with (in int a")]
    public void A_handler_of_another_name_is_found(string text, string expected) =>
        Assert.Contains(expected, Assert.Single(Check(HandlerGuard.Violations, AnyFile, text)));

    [Theory]
    [InlineData("class A : Role { A() { On(X.Y, OnTick); OnClock(OnClockStrike); } }")]
    [InlineData("class A { A() { On(X.Y, Take); } }")]
    public void A_handler_named_by_what_comes_passes(string text) =>
        Assert.Empty(Check(HandlerGuard.Violations, AnyFile, text));

    [Theory]
    [InlineData("core/Quantum.Roles/Ai/A.cs", "namespace Quantum.Roles.Market;", "its folder says Quantum.Roles.Ai")]
    [InlineData("core/Quantum.Roles/A.cs", "namespace Quantum.Roles.Ai;", "its folder says Quantum.Roles")]
    [InlineData("tools/Quantum.Cli/A.cs", "namespace Quantum.Tool;", "its folder says Quantum.Cli")]
    public void A_namespace_that_is_not_its_folder_is_found(string path, string text, string expected) =>
        Assert.Contains(expected, Assert.Single(CheckNamespace(path, text)));

    [Theory]
    [InlineData("core/Quantum.Roles/Ai/Model/A.cs", "namespace Quantum.Roles.Ai.Model;")]
    [InlineData("tools/Quantum.Cli/A.cs", "namespace Quantum.Cli;")]
    [InlineData("core/Quantum.Roles/A.cs", "namespace Microsoft.Extensions.Hosting;")]
    [InlineData("compat/X/A.cs", "namespace Aspire;")]
    public void A_namespace_of_its_folder_passes(string path, string text) =>
        Assert.Empty(CheckNamespace(path, text));

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

    [Theory]
    [InlineData("""class A { object B() => new Reason("brand_new", "x"); }""")]
    [InlineData("""class A { void B(Outbox o) => o.Count("intent", true ? "stale" : "brand_new"); }""")]
    [InlineData("""class A { string B(int x) => x switch { 1 => "stale", _ => "brand_new" }; }""")]
    [InlineData("""class A { const string B = "brand_new"; }""")]
    public void A_reason_that_nobody_registered_is_found(string text) => Assert.Contains(
        Check(ReasonGuard.Violations, AnyFile, text),
        found => found.StartsWith($"{AnyFile}:1: 'brand_new' is no registered reason", StringComparison.Ordinal));

    [Fact]
    public void A_registered_reason_that_nobody_gives_is_found() => Assert.Contains(
        Check(ReasonGuard.Violations, AnyFile, """class A { const string B = "stale"; }"""),
        found => found.Contains("no role writes 'kill_switch'", StringComparison.Ordinal));

    [Theory]
    [InlineData("""class A { object B(RoleState s) => s.Map<int>("by_symbol", _ => 1); string C = "Some words"; }""")]
    [InlineData("""class A { const string B = "stale"; string C() => $"{B} brand_new"; }""")]
    public void Words_that_are_no_reason_pass(string text) => Assert.DoesNotContain(
        Check(ReasonGuard.Violations, AnyFile, text),
        found => found.StartsWith(AnyFile, StringComparison.Ordinal));

    private static List<string> CheckNamespace(string path, string text)
    {
        using var fixture = new Fixture().With(path, text)
            .With("core/Quantum.Roles/Quantum.Roles.csproj", "<Project />")
            .With("tools/Quantum.Cli/Tool.csproj",
                "<Project><PropertyGroup><RootNamespace>Quantum.Cli</RootNamespace></PropertyGroup></Project>");
        return [.. NamespaceGuard.Violations(fixture.Tree)];
    }

    private static List<string> Check(Func<SourceTree, IEnumerable<string>> guard, string path, string text)
    {
        using var fixture = new Fixture().With(path, text);
        return [.. guard(fixture.Tree)];
    }
}
