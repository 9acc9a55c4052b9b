using Quantum.AppHost;

return UpCommand.Run(args, (builder, run) =>
{
    var mode = builder.AddParameter("mode", builder.Configuration.Mode(), publishValueAsDefault: true);
    builder.ChooseInstruments(run);
    var store = EventStore.Add(builder, "redis", run);
    var services = new ServiceBuilder(builder, run, store, mode).AddAll();

    // What single services need beyond what all have.
    services["market"].WithFeed(builder.Configuration);
    services["trading-bot"].WithReference(services["sizing"].WithGrpcEndpoint(builder).Endpoint("grpc"));
    services["governance"].WithAlerts(builder).WithControls(builder.Configuration, run).WithKey(builder);
    services["learning"].WithJournal(builder, run);
    services["console"].WithLogin(builder, run).WithFolders(builder, run).Endpoints().WithExternalHttpEndpoints();

    builder.AddSimulatedExchange(services);
    builder.AddRunReport(run, store.Redis, services["learning"], services["console"]);
});
