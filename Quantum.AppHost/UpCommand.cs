namespace Quantum.AppHost;

/// <summary>
/// <c>./quantum up</c> from its arguments to its exit code. What is asked for and cannot be is one line, which names
/// the setting and the mend, and exit code 2.
/// </summary>
internal static class UpCommand
{
    private const int CannotRun = 2;

    /// <param name="args">See <see cref="RunArguments.Help"/>.</param>
    /// <param name="addSystem">Adds what is to run; the writer is for the summary alone when JSON is asked for.</param>
    public static int Run(string[] args, Action<IDistributedApplicationBuilder, TextWriter> addSystem)
    {
        try
        {
            var run = RunArguments.Parse(args);
            var output = Console.Out;
            if (run.WantsHelp)
            {
                output.WriteLine(RunArguments.Help);
                return 0;
            }

            if (run.Json) Console.SetOut(Console.Error);
            var builder = DistributedApplication.CreateBuilder(run.ForHost);
            addSystem(builder, output);
            builder.Build().Run();
            return Environment.ExitCode;
        }
        catch (DistributedApplicationException fault)
        {
            Console.Error.WriteLine("quantum up: " + fault.Message);
            return CannotRun;
        }
    }
}
