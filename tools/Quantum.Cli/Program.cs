using System.CommandLine;
using Quantum.Cli;

// One line per verb; each lives in Commands/ and states its Name and Summary, which `./quantum` prints as its help.
Command[] verbs =
[
];

var root = new RootCommand("Quantum's command line: look at the streams, steer the system, run recorded markets.");
foreach (var verb in verbs)
{
    root.Add(verb);
}

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        Console.Error.WriteLine($"quantum: {error.Message}");
    }

    Console.Error.WriteLine("`./quantum` lists the verbs, `./quantum <verb> --help` explains one.");
    return ExitCode.CouldNotLook;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (OperationCanceledException)
{
    return ExitCode.Interrupted;
}
catch (CliException refusal)
{
    Console.Error.WriteLine($"quantum: {refusal.Message}");
    return ExitCode.CouldNotLook;
}
