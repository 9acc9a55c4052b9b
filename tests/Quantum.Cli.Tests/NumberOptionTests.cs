using System.CommandLine;

namespace Quantum.Cli.Tests;

/// <summary>Numbers are read the same by every verb: what is none is refused, never read as another.</summary>
public sealed class NumberOptionTests
{
    [Theory]
    [InlineData("audit --watch --every", "0,5")]
    [InlineData("audit --watch --every", "0.1")]
    [InlineData("audit --watch --every", "two")]
    [InlineData("audit --watch --every", "NaN")]
    [InlineData("audit --watch --every", "1e9")]
    [InlineData("kill on --reason x --timeout", "1,000")]
    [InlineData("kill on --reason x --timeout", "-1")]
    [InlineData("flatten --reason x --timeout", "Infinity")]
    [InlineData("feed pause --reason x --timeout", "0x10")]
    [InlineData("policy reset --reason x --timeout", "")]
    [InlineData("drain --older-than", "1,5")]
    [InlineData("drain --below-confidence", "0,6")]
    [InlineData("drain --below-confidence", "60")]
    [InlineData("dlq list --limit", "0")]
    [InlineData("dlq list --limit", "1,000")]
    [InlineData("dlq redrive trade.intent --all --new-deadline", "1.5")]
    [InlineData("dlq redrive trade.intent --all --new-deadline", "-3")]
    [InlineData("trace some-id --depth", "lots")]
    public void What_is_no_such_number_is_refused_with_the_option_and_the_value(string words, string value)
    {
        string[] arguments = [.. words.Split(' '), value, "--redis", "127.0.0.1:1"];
        var run = CliRun.Of(arguments);
        Assert.Equal(2, run.ExitCode);
        var option = words.Split(' ')[^1];
        Assert.Contains($"quantum: {option} is '{value}': write", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.5", 0.5)]
    [InlineData("2", 2)]
    [InlineData("0.2", 0.2)]
    public void A_number_with_a_point_is_read(string text, double number)
    {
        var every = CommonOptions.Number("--every", "", "seconds", 0.2, unlessGiven: 2);
        var parsed = new RootCommand { every }.Parse(["--every", text]);
        Assert.Empty(parsed.Errors);
        Assert.Equal(number, parsed.GetValue(every));
        Assert.Equal(2, new RootCommand { every }.Parse([]).GetValue(every));
    }

    [Fact]
    public void No_option_reads_numbers_by_itself()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Quantum.sln"))) folder = folder.Parent!;
        var files = Directory.GetFiles(Path.Combine(folder.FullName, "tools", "Quantum.Cli"), "*.cs",
            SearchOption.AllDirectories).Where(file => !file.EndsWith("CommonOptions.cs", StringComparison.Ordinal));
        foreach (var file in files)
        {
            foreach (var type in (string[])["double", "int", "long", "decimal"])
                Assert.DoesNotContain($"new Option<{type}", File.ReadAllText(file), StringComparison.Ordinal);
        }
    }
}
