using Quantum.AppHost;

return UpCommand.Run(args, (builder, run) =>
{
    var mode = builder.AddParameter("mode", builder.Configuration.Mode(), publishValueAsDefault: true);
    builder.ChooseInstruments(run);
    var redis = builder.AddEventStore("redis", run);
    var services = new ServiceBuilder(builder, run, redis, mode);

    services.Add<Projects.Quantum_Market>("market").WithFeed(builder.Configuration);
    services.Add<Projects.Quantum_Ai>("ai");
    var sizing = services.Add<Projects.Quantum_Sizing>("sizing").WithGrpcEndpoint(builder);
    services.Add<Projects.Quantum_TradingBot>("trading-bot").WithReference(sizing.Endpoint("grpc"));
    services.Add<Projects.Quantum_Executor>("executor");
    services.Add<Projects.Quantum_ExitBrain>("exitbrain");
    services.Add<Projects.Quantum_Portfolio>("portfolio");
    var governance = services.Add<Projects.Quantum_Governance>("governance").WithAlerts(builder).WithControls(run);
    var learning = services.Add<Projects.Quantum_Learning>("learning").WithJournal(builder, run);
    var console = services.Add<Projects.Quantum_Console>("console", builder.Configuration.ConsolePort())
        .WithReference(governance.Endpoint("http"));
    console.Endpoints().WithExternalHttpEndpoints();

    builder.AddRunReport(run, redis, learning, console);
});
