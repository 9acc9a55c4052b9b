using Quantum.Contracts.Catalog;

namespace Quantum.Cli.Tests;

/// <summary>`./quantum flow`: the generated map.</summary>
public sealed class FlowVerbTests
{
    [Fact]
    public void It_prints_the_generated_map()
    {
        var run = CliRun.Of("flow");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(EventFlowDocument.Render(), run.Output);
    }

    [Fact]
    public void As_json_it_has_every_stream()
    {
        var streams = CliRun.Of("flow", "--json").Json.GetProperty("streams");
        Assert.Equal(StreamCatalog.All.Count, streams.GetArrayLength());
    }

    [Fact]
    public void Help_explains_with_examples()
    {
        foreach (var verb in (string[])["audit", "flow"])
            Assert.Contains("Examples:", CliRun.Of(verb, "--help").Output, StringComparison.Ordinal);
    }
}
