using Quantum.AppHost;

return UpCommand.Run(args, (builder, output) =>
{
    var mode = builder.AddParameter("mode", builder.Configuration.Mode(), publishValueAsDefault: true);
    builder.ChooseInstruments();
    var redis = builder.AddEventStore("redis");

    builder.AddService<Projects.Quantum_Market>("market", redis, mode).WithFeed(builder.Configuration);
    builder.AddService<Projects.Quantum_Ai>("ai", redis, mode);
    var sizing = builder.AddService<Projects.Quantum_Sizing>("sizing", redis, mode).WithGrpcEndpoint();
    builder.AddService<Projects.Quantum_TradingBot>("trading-bot", redis, mode)
        .WithReference(sizing.GetEndpoint("grpc"));
    builder.AddService<Projects.Quantum_Executor>("executor", redis, mode);
    builder.AddService<Projects.Quantum_ExitBrain>("exitbrain", redis, mode);
    builder.AddService<Projects.Quantum_Portfolio>("portfolio", redis, mode);
    var governance = builder.AddService<Projects.Quantum_Governance>("governance", redis, mode).WithAlerts(builder);
    var learning = builder.AddService<Projects.Quantum_Learning>("learning", redis, mode).WithJournal(builder);
    var console = builder
        .AddService<Projects.Quantum_Console>("console", redis, mode, builder.Configuration.ConsolePort())
        .WithReference(governance.GetEndpoint("http"))
        .WithExternalHttpEndpoints();

    builder.AddRunReport(redis, learning, console, output);
});
