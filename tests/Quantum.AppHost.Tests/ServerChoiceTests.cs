using Microsoft.Extensions.Configuration;

namespace Quantum.AppHost.Tests;

public sealed class ServerChoiceTests
{
    // A program that every machine with these tests has, so that a local server is there to be passed over.
    private const string Program = "dotnet";
    private const string NoRuntime = "no-such-container-runtime";

    [Theory]
    [InlineData(null, true, ServerKind.External, "ConnectionStrings:redis is set")]
    [InlineData("auto", true, ServerKind.External, "ConnectionStrings:redis is set")]
    [InlineData("local", true, ServerKind.LocalServer, "Redis:Source asks for it")]
    [InlineData("container", true, ServerKind.Container, "Redis:Source asks for it")]
    [InlineData("external", false, ServerKind.External, "Redis:Source asks for it")]
    [InlineData(null, false, ServerKind.LocalServer, "no container runtime answers and dotnet is installed")]
    public void Who_names_a_server_means_it_unless_a_setting_asks_for_another(
        string? source, bool isNamed, object kind, string reason)
    {
        var choice = ServerChoice.Find(Settings(source, isNamed), "Redis:Source", "redis", Program);
        Assert.Equal((kind, reason), ((object)choice.Kind, choice.Reason));
    }

    private static IConfiguration Settings(string? source, bool isNamed) => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Redis:Source"] = source, ["ConnectionStrings:redis"] = isNamed ? "elsewhere:6379" : null,
            ["ASPIRE_CONTAINER_RUNTIME"] = NoRuntime,
        })
        .Build();
}
