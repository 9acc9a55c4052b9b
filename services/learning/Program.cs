using Quantum.Hosting;
using Quantum.Learning.Journal;
using Quantum.Learning.Summary;
using Quantum.Roles.Learning;
using Quantum.Roles.Portfolio;
using Quantum.Roles.Symbols;
using Quantum.Roles.Venue;
using StackExchange.Redis;

return await QuantumHosting.RunAsync(
    args,
    builder =>
    {
        var configuration = builder.Configuration;
        var clm = configuration.SettingsOf<ClmSettings>();
        var optimizer = configuration.SettingsOf<RlOptimizerSettings>();
        var supervisor = configuration.SettingsOf<SupervisorSettings>();
        builder.AddQuantumRedis();
        builder.Services.AddSingleton(services =>
            JournalRun.OfAsync(services.GetRequiredService<IConnectionMultiplexer>()).GetAwaiter().GetResult());
        builder.Services.AddSingleton(_ => JournalStore.OpenAsync(
            configuration.GetConnectionString("journal"),
            configuration[PlainSettings.JournalPath.Name] ?? ".quantum/journal.db",
            CancellationToken.None).GetAwaiter().GetResult());
        // Of the run's money it tells what the portfolio began with and what the venue would take for closing.
        var isTape = QuantumOptions.From(configuration).IsTape;
        builder.Services.AddSingleton(configuration.SettingsOf(PortfolioSettings.For(isTape)));
        builder.Services.AddSingleton(new ClosingCost(
            configuration.SettingsOf(new VenueSettings { Symbols = new SymbolFilterBook() })));
        builder.Services.AddSingleton<RunReader>();
        builder.AddQuantum((host, services) => host
            .AddGateway(() => new TradeJournalGateway(
                services.GetRequiredService<JournalStore>, () => services.GetRequiredService<JournalRun>().Id))
            .Add(() => new ClmRole(clm))
            .Add(() => new RlOptimizerRole(optimizer))
            .Add(() => new ModelSupervisorRole(supervisor)));
    },
    app =>
    {
        // A journal that cannot be opened keeps the service from starting.
        app.Services.GetRequiredService<JournalStore>();
        app.Services.GetRequiredService<JournalRun>();
        app.MapGet("/done", async (RunReader reader) => new
        {
            done = await reader.IsDoneAsync(), alarms = await reader.AlarmsAsync(),
        });
        app.MapGet("/summary", (RunReader reader, CancellationToken cancel) => reader.ReadAsync(cancel));
    });
