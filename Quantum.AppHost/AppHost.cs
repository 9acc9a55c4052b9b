using Quantum.AppHost;

if (RunArguments.TryParse(args, Console.Error) is not { } run) return 2;
if (run.WantsHelp)
{
    Console.WriteLine(RunArguments.Help);
    return 0;
}

try
{
    var output = Console.Out;
    if (run.Json) Console.SetOut(Console.Error);

    var builder = DistributedApplication.CreateBuilder(run.ForHost);
    var mode = builder.AddParameter("mode", builder.Configuration.Mode(), publishValueAsDefault: true);
    var redis = builder.AddEventStore("redis");

    builder.AddService<Projects.Quantum_Market>("market", redis, mode).WithFeed(builder.Configuration);
    builder.AddService<Projects.Quantum_Ai>("ai", redis, mode);
    var sizing = builder.AddService<Projects.Quantum_Sizing>("sizing", redis, mode).WithGrpcEndpoint();
    builder.AddService<Projects.Quantum_TradingBot>("trading-bot", redis, mode)
        .WithReference(sizing.GetEndpoint("grpc"));
    builder.AddService<Projects.Quantum_Executor>("executor", redis, mode);
    builder.AddService<Projects.Quantum_ExitBrain>("exitbrain", redis, mode);
    builder.AddService<Projects.Quantum_Portfolio>("portfolio", redis, mode);
    var governance = builder.AddService<Projects.Quantum_Governance>("governance", redis, mode);
    var learning = builder.AddService<Projects.Quantum_Learning>("learning", redis, mode).WithJournal(builder);
    var console = builder
        .AddService<Projects.Quantum_Console>("console", redis, mode, builder.Configuration.ConsolePort())
        .WithReference(governance.GetEndpoint("http"))
        .WithExternalHttpEndpoints();

    builder.AddRunReport(redis, learning, console, output);
    builder.Build().Run();
    return Environment.ExitCode;
}
catch (DistributedApplicationException fault)
{
    // What the settings ask for cannot be: the line names the setting and the mend.
    Console.Error.WriteLine("quantum up: " + fault.Message);
    return 2;
}
