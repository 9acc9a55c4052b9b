using System.Diagnostics;
using System.Text.Json;

namespace Quantum.Cli.Tests;

/// <summary>One run of the command line as its user has it: another process, its output piped.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "quantum.dll");

    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static CliRun Of(params string[] arguments) => With([], arguments);

    /// <summary>The same with variables in its environment.</summary>
    public static CliRun With(Dictionary<string, string> environment, params string[] arguments) =>
        EndOf(Start(s_program, environment, arguments), arguments);

    /// <summary>A run of the program in a tree of its own, with a value of <c>ConnectionStrings__redis</c>.</summary>
    public static CliRun In(CliTree tree, string? variable, params string[] arguments) => EndOf(
        Start(tree.Program, variable is null ? [] : new() { ["ConnectionStrings__redis"] = variable }, arguments),
        arguments);

    private static CliRun EndOf(Process process, string[] arguments)
    {
        using var ending = process;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(s_deadline))
        {
            process.Kill();
            throw new TimeoutException($"quantum {string.Join(' ', arguments)} did not end.");
        }

        return new CliRun(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }

    public static Process Start(params string[] arguments) => Start(s_program, [], arguments);

    private static Process Start(string program, Dictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        start.ArgumentList.Add(program);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment.Remove("ConnectionStrings__redis");
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
