using System.Reflection;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Hosting;

namespace Quantum.Services.Tests;

/// <summary>
/// Every service of the catalog, started in this process with <c>--bindings=true</c>: what it registers is what the
/// catalog says of it. No Redis, no port; a stream declared with a reader that has no handler is red here.
/// </summary>
public sealed class BindingTests
{
    public static TheoryData<string, TradingMode> Services
    {
        get
        {
            var cases = new TheoryData<string, TradingMode>();
            foreach (var mode in new[] { TradingMode.Paper, TradingMode.Sim })
                foreach (var host in ServiceHosts.All) cases.Add(host.Name, mode);
            return cases;
        }
    }

    [Theory, MemberData(nameof(Services))]
    public void A_service_binds_what_the_catalog_says_of_it(string service, TradingMode mode)
    {
        var (code, output, errors) = Run(service, mode);
        Assert.True(code == 0, $"{service} ends with {code}: {errors}");
        var due = ServiceHosts.All.Single(host => host.Name == service).Roles
            .Where(role => RoleNames.IsActiveIn(role, mode) && StreamCatalog.ReadBy(role).Any());
        Assert.Equal(
            due.Order(StringComparer.Ordinal),
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0])
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_folder_of_services_is_a_service_of_the_catalog()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Quantum.sln"))) root = Path.GetDirectoryName(root.TrimEnd('/', '\\'))!;
        var folders = Directory.GetFiles(Path.Combine(root, "services"), "*.csproj", SearchOption.AllDirectories)
            .Select(project => Path.GetFileName(Path.GetDirectoryName(project)!));
        Assert.Equal(
            ServiceHosts.All.Select(host => host.Name).Append(ServiceHosts.SimulatedExchange)
                .Order(StringComparer.Ordinal),
            folders.Order(StringComparer.Ordinal));
    }

    private static (int Code, string Output, string Errors) Run(string service, TradingMode mode)
    {
        var folder = Directory.CreateTempSubdirectory("quantum-bindings-");
        var (output, errors) = (System.Console.Out, System.Console.Error);
        using var told = new StringWriter { NewLine = "\n" };
        using var refused = new StringWriter();
        try
        {
            System.Console.SetOut(told);
            System.Console.SetError(refused);
            string[] arguments =
            [
                $"--{QuantumHosting.BindingsOption}=true", "--ConnectionStrings:redis=127.0.0.1:1",
                $"--Quantum:Mode={mode}", $"--contentRoot={folder.FullName}",
                "--Binance:RestUrl=http://127.0.0.1:1", "--Binance:StreamUrl=ws://127.0.0.1:1",
                "--Binance:Environment=Custom",
            ];
            Environment.SetEnvironmentVariable("Binance__ApiKey", "key");
            Environment.SetEnvironmentVariable("Binance__ApiSecret", "secret");
            var end = Assembly.Load(ServiceAssemblies.Of(service)).EntryPoint!.Invoke(null, [arguments]);
            return ((int)end!, told.ToString(), refused.ToString());
        }
        finally
        {
            System.Console.SetOut(output);
            System.Console.SetError(errors);
            Environment.SetEnvironmentVariable("Binance__ApiKey", null);
            Environment.SetEnvironmentVariable("Binance__ApiSecret", null);
            folder.Delete(recursive: true);
        }
    }
}
