using System.Diagnostics;
using System.Net.Sockets;
using Quantum.Cli.Demos;
using Quantum.Cli.Looking;
using Quantum.Resp;

namespace Quantum.Cli.Commands;

/// <summary>Shows what the console makes of a case, without a system.</summary>
internal static class DemoVerb
{
    private const string Name = "demo";
    private const string Summary = "`demo audit`: the audited case of 2025-12-24 in the console's Flow page";
    private const string Program = "redis-server";

    private const string Explained = """
        Replays the case that Quantum was built for into the console: 21 streams flow, 34 consumers are registered, and
        nobody reads trade.intent, so the oldest intents are trimmed away unread. It starts a Redis of its own and the
        console over it, both on this machine, prints the console's address, and ends both with itself. The running
        system is not touched, and nothing is kept.

        Exit code: 0 its time is over (--seconds), 130 ended by Ctrl+C, 2 could not start.

        Examples:
          ./quantum demo audit
          ./quantum demo audit --port 5200 --seconds 60
        """;

    public static Command Create()
    {
        var port = CommonOptions.Whole("--port", "where the console answers (default: any that is free)", 1, 65_535);
        var seconds = CommonOptions.Number("--seconds", "how long it runs (default: until Ctrl+C)", "seconds", 1);
        var json = CommonOptions.Json();
        var audit = new Command("audit", "the audited case of 2025-12-24 in the Flow page") { port, seconds, json };
        audit.SetAction((parsed, cancel) => RunAsync(
            parsed.GetValue(port) ?? DemoProcess.FreePort(), parsed.GetValue(seconds), parsed.GetValue(json), cancel));
        return new Command(Name, Explained) { audit };
    }

    private static async Task<int> RunAsync(int port, double? seconds, bool isJson, CancellationToken cancel)
    {
        if (InstalledProgram.Find(Program) is null)
            throw new CliException($"{Program} is missing: install the package {Program}, then run this again.");
        var folder = Directory.CreateTempSubdirectory("quantum-demo-");
        try
        {
            var redisPort = DemoProcess.FreePort();
            using var server = DemoProcess.Start(Program, Program, folder.FullName,
                "--port", Text(redisPort), "--bind", "127.0.0.1", "--appendonly", "yes", "--save", "",
                "--maxmemory-policy", "noeviction");
            await server.AnswersAsync(redisPort, cancel);
            var endpoint = RespEndpoint.Parse($"127.0.0.1:{Text(redisPort)}");
            using var redis = RespConnection.Connect(endpoint, cancel: cancel);
            var system = new AuditedSystem(redis);
            system.Build();
            using var console = DemoProcess.Start("the console", BuiltService.Host, folder.FullName,
                BuiltService.PathOf("console", "Quantum.Console.dll"),
                $"--ConnectionStrings:redis=127.0.0.1:{Text(redisPort)}",
                $"--Kestrel:Endpoints:http:Url=http://127.0.0.1:{Text(port)}");
            await console.AnswersAsync(port, cancel);
            Show(port, redisPort, seconds, isJson);
            return await GoOnAsync(system, console, seconds, cancel);
        }
        catch (Exception fault) when (cancel.IsCancellationRequested && fault is RespException or SocketException)
        {
            // The same Ctrl+C reached its Redis, which was quicker.
            return ExitCode.Interrupted;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> GoOnAsync(
        AuditedSystem system, DemoProcess console, double? seconds, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        using var steps = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / AuditedSystem.StepsPerS));
        while (seconds is null || clock.Elapsed.TotalSeconds < seconds)
        {
            if (console.HasEnded) throw new CliException($"the console has ended: {console.Said}");
            system.Step();
            await steps.WaitForNextTickAsync(cancel);
        }

        return ExitCode.Healthy;
    }

    private static void Show(int port, int redisPort, double? seconds, bool isJson)
    {
        var flow = $"http://127.0.0.1:{Text(port)}/flow";
        var redis = $"127.0.0.1:{Text(redisPort)}";
        if (isJson)
        {
            JsonText.PrintLine(new { flow, redis, seconds });
            return;
        }

        Console.Out.WriteLine("The audited case of 2025-12-24, replayed: nobody reads trade.intent.");
        Console.Out.WriteLine($"Flow    {flow}");
        Console.Out.WriteLine($"Audit   ./quantum audit --redis {redis}");
        Console.Out.WriteLine(seconds is { } known
            ? string.Create(CultureInfo.InvariantCulture, $"It ends after {known} s, or with Ctrl+C.")
            : "It ends with Ctrl+C.");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
