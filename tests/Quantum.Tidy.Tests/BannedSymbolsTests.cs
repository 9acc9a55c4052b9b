using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Quantum.Tidy.Tests;

/// <summary>The list that keeps clock, chance, waiting, IO and unordered collections out of the roles works.</summary>
public sealed class BannedSymbolsTests
{
    private const string List = "core/Quantum.Roles/BannedSymbols.txt";
    private const string Project = "core/Quantum.Roles/Quantum.Roles.csproj";

    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers = LoadAnalyzers();

    private static readonly MetadataReference[] s_references =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)
                || Path.GetFileName(path) is "netstandard.dll" or "mscorlib.dll")
            .Select(path => MetadataReference.CreateFromFile(path))];

    [Theory]
    [InlineData("_ = System.DateTime.Now;")]
    [InlineData("_ = System.DateTime.UtcNow;")]
    [InlineData("_ = System.DateTimeOffset.UtcNow;")]
    [InlineData("_ = System.TimeProvider.System;")]
    [InlineData("_ = System.Diagnostics.Stopwatch.GetTimestamp();")]
    [InlineData("_ = System.Environment.TickCount64;")]
    [InlineData("_ = System.Random.Shared.Next();")]
    [InlineData("_ = new System.Random(7);")]
    [InlineData("_ = System.Guid.NewGuid();")]
    [InlineData("_ = \"x\".GetHashCode();")]
    [InlineData("_ = new object().GetHashCode();")]
    [InlineData("_ = System.HashCode.Combine(1, 2);")]
    [InlineData("System.Threading.Tasks.Task.Run(() => { });")]
    [InlineData("_ = System.Threading.Tasks.Task.FromResult(1);")]
    [InlineData("_ = System.Threading.Tasks.ValueTask.FromResult(1);")]
    [InlineData("System.Threading.Tasks.Parallel.For(0, 1, _ => { });")]
    [InlineData("new System.Threading.Thread(() => { }).Start();")]
    [InlineData("_ = new System.Threading.Timer(_ => { });")]
    [InlineData("lock (new System.Threading.Lock()) { }")]
    [InlineData("_ = System.Threading.Channels.Channel.CreateUnbounded<int>();")]
    [InlineData("_ = new[] { 1 }.AsParallel();")]
    [InlineData("_ = System.IO.File.ReadAllText(\"x\");")]
    [InlineData("_ = System.IO.Stream.Null;")]
    [InlineData("_ = new System.IO.MemoryStream().Length;")]
    [InlineData("System.Console.WriteLine();")]
    [InlineData("_ = new System.Net.Http.HttpClient();")]
    [InlineData("_ = new System.Net.Sockets.TcpClient();")]
    [InlineData("_ = new HashSet<int>();")]
    [InlineData("_ = new Dictionary<string, int>();")]
    [InlineData("foreach (var pair in new Dictionary<string, int>()) { }")]
    [InlineData("_ = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();")]
    [InlineData("_ = System.Collections.Immutable.ImmutableDictionary.Create<string, int>();")]
    [InlineData("_ = new[] { 1 }.ToHashSet();")]
    [InlineData("_ = new[] { 1 }.ToDictionary(x => x);")]
    [InlineData("_ = new[] { 1 }.ToDictionary(x => x, x => x);")]
    public async Task A_banned_symbol_is_an_error(string statement) =>
        Assert.Contains("RS0030", await DiagnosticsOf(statement));

    [Theory]
    [InlineData("_ = new SortedDictionary<string, int>();")]
    [InlineData("_ = new List<int> { 1 }.Where(x => x > 0).Sum();")]
    [InlineData("_ = System.DateTimeOffset.FromUnixTimeMilliseconds(0).AddHours(1);")]
    [InlineData("_ = System.Collections.Immutable.ImmutableSortedDictionary.Create<string, int>();")]
    [InlineData("_ = System.Math.Max(1, 2); _ = System.Guid.Empty;")]
    public async Task What_a_role_needs_is_allowed(string statement) => Assert.Empty(await DiagnosticsOf(statement));

    [Fact]
    public void The_project_of_the_roles_uses_the_list()
    {
        var project = SourceTree.Repository.Read(Project);
        Assert.Contains("<AdditionalFiles Include=\"BannedSymbols.txt\" />", project, StringComparison.Ordinal);
        Assert.Contains("Microsoft.CodeAnalysis.BannedApiAnalyzers", project, StringComparison.Ordinal);
    }

    // A misspelt line bans nothing and nobody would notice.
    [Fact]
    public void Every_line_of_the_list_names_something_that_exists()
    {
        var compilation = Compile("");
        var unknown = SourceTree.Repository.Lines(List)
            .Select(line => line.Split(';')[0])
            .Where(id => DocumentationCommentId.GetFirstSymbolForDeclarationId(id, compilation) is null);
        Assert.Empty(unknown);
    }

    private static async Task<IEnumerable<string>> DiagnosticsOf(string statement)
    {
        var compilation = Compile(statement);
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        var options = new AnalyzerOptions([new ListFile()]);
        var found = await compilation.WithAnalyzers(s_analyzers, options).GetAnalyzerDiagnosticsAsync();
        return found.Select(d => d.Id);
    }

    private static CSharpCompilation Compile(string statement) => CSharpCompilation.Create(
        "snippet",
        [CSharpSyntaxTree.ParseText(
            $"using System.Collections.Generic; using System.Linq; class A {{ void B() {{ {statement} }} }}")],
        s_references,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    private static ImmutableArray<DiagnosticAnalyzer> LoadAnalyzers()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "banned-api-analyzer");
        Assembly.LoadFrom(Path.Combine(folder, "Microsoft.CodeAnalysis.BannedApiAnalyzers.dll"));
        return [.. Assembly.LoadFrom(Path.Combine(folder, "Microsoft.CodeAnalysis.CSharp.BannedApiAnalyzers.dll"))
            .GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];
    }

    private sealed class ListFile : AdditionalText
    {
        public override string Path => "BannedSymbols.txt";

        public override SourceText GetText(CancellationToken cancellationToken = default) =>
            SourceText.From(SourceTree.Repository.Read(List));
    }
}
