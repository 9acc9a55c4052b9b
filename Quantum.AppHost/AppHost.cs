using Quantum.AppHost;

var builder = DistributedApplication.CreateBuilder(args);
var mode = builder.AddParameter("mode", builder.Configuration.Mode(), publishValueAsDefault: true);
var redis = builder.AddEventStore("redis");

builder.AddService<Projects.Quantum_Market>("market", redis, mode);
builder.AddService<Projects.Quantum_Ai>("ai", redis, mode);
var sizing = builder.AddService<Projects.Quantum_Sizing>("sizing", redis, mode).WithGrpcEndpoint();
builder.AddService<Projects.Quantum_TradingBot>("trading-bot", redis, mode)
    .WithReference(sizing.GetEndpoint("grpc"));
builder.AddService<Projects.Quantum_Executor>("executor", redis, mode);
builder.AddService<Projects.Quantum_ExitBrain>("exitbrain", redis, mode);
builder.AddService<Projects.Quantum_Portfolio>("portfolio", redis, mode);
builder.AddService<Projects.Quantum_Governance>("governance", redis, mode);
builder.AddService<Projects.Quantum_Learning>("learning", redis, mode);
builder.AddService<Projects.Quantum_Console>("console", redis, mode, builder.Configuration.ConsolePort())
    .WithExternalHttpEndpoints();

builder.Build().Run();
