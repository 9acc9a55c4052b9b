using System.Diagnostics;
using Quantum.Console.Tests.Harness;
using Quantum.Looking;

namespace Quantum.Console.Tests;

/// <summary>The example of docs/API.md, run as it stands there against the running system.</summary>
[Collection(nameof(LiveGroup))]
public sealed class ApiExampleTests(LiveSystem system)
{
    private const string Fence = "```";

    [ExampleFact]
    public async Task It_reads_the_equity_and_the_executor_refuses_entries()
    {
        var key = ApiKeyFile.Add(system.KeysPath, "example", "operator", 1);
        var (code, said) = (0, "");
        try
        {
            (code, said) = await RunAsync(Example(), key);
        }
        finally
        {
            await system.ReleaseAsync();
        }

        Assert.True(code == 0, said);
        Assert.Matches(@"equity \d+(\.\d+)? USD", said);
        Assert.Contains("refused by the executor: True", said);
        var notes = (await system.Console.AskJsonAsync("actions")).GetRawText();
        Assert.Contains("key example from 127.0.0.1: KillOn, the example of docs/API.md", notes);
        (code, said) = await RunAsync(Example(), ApiKeyFile.Add(system.KeysPath, "onlooker", "reader", 1));
        Assert.Equal(1, code);
        Assert.Contains("quantum: Only an operator", said);
    }

    private static string Example()
    {
        var text = File.ReadAllText(Path.Combine(ServiceRun.Root, "docs", "API.md"));
        var begin = text.IndexOf(Fence + "python\n", StringComparison.Ordinal) + Fence.Length + "python\n".Length;
        return text[begin..text.IndexOf(Fence, begin, StringComparison.Ordinal)];
    }

    private async Task<(int Code, string Said)> RunAsync(string program, string key)
    {
        var start = new ProcessStartInfo("python3", ["-"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        (start.Environment["QUANTUM_URL"], start.Environment["QUANTUM_KEY"]) = (system.Console.Url, key);
        using var python = Process.Start(start)!;
        await python.StandardInput.WriteAsync(program);
        python.StandardInput.Close();
        var said = await Task.WhenAll(python.StandardOutput.ReadToEndAsync(), python.StandardError.ReadToEndAsync());
        await python.WaitForExitAsync();
        return (python.ExitCode, string.Concat(said));
    }
}
