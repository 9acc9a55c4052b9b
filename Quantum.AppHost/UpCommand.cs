using Microsoft.Extensions.DependencyInjection;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Settings;

namespace Quantum.AppHost;

/// <summary>
/// <c>./quantum up</c> from its arguments to its exit code. What is asked for and cannot be is one line, which names
/// the setting and the mend, and exit code 2.
/// </summary>
internal static class UpCommand
{
    private const int CannotRun = 2;

    /// <param name="args">See <see cref="RunArguments.Help"/>.</param>
    /// <param name="addSystem">Adds what is to run, in the folder of the run.</param>
    public static int Run(string[] args, Action<IDistributedApplicationBuilder, RunFolder> addSystem)
    {
        try
        {
            var arguments = RunArguments.Parse(args);
            if (arguments.WantsHelp)
            {
                Console.Out.Write(RunArguments.Help);
                return 0;
            }

            var output = Console.Out;
            if (arguments.Json) Console.SetOut(Console.Error);
            var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
            {
                Args = [$"--contentRoot={AppContext.BaseDirectory}", .. DashboardSettings.Arguments(),
                    .. arguments.ForHost],
                AllowUnsecuredTransport = true,
            });
            // Before anything is started, said or written.
            builder.Configuration.Check();
            using var folder = builder.ExecutionContext.IsRunMode
                ? RunFolder.Take(
                    builder.Configuration[PlainSettings.RunFolder.Name],
                    builder.Configuration.IsOfItsOwn())
                : RunFolder.None;
            builder.Services.AddSingleton(output);
            addSystem(builder, folder);
            CheckCatalog();
            builder.Build().Run();
            return Environment.ExitCode;
        }
        catch (DistributedApplicationException fault)
        {
            Console.Error.WriteLine("quantum up: " + fault.Message);
            return CannotRun;
        }
    }

    // A stream that nobody reads is told before anything is started.
    private static void CheckCatalog()
    {
        var findings = CatalogCheck.TopologyFindings(StreamCatalog.All, ServiceHosts.All);
        if (findings.Count > 0) throw new DistributedApplicationException(string.Join(' ', findings));
    }
}
