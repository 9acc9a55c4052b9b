using Quantum.EventLog;
using Quantum.EventLog.Runner;
using Quantum.Exchanges;
using Quantum.Executor;
using Quantum.Executor.Venue;
using Quantum.Hosting;
using Quantum.Resp;
using Quantum.Roles.Executor;
using Quantum.Roles.Venue;

return await QuantumHosting.RunAsync(args, builder =>
{
    var options = QuantumOptions.From(builder.Configuration);
    var book = builder.Configuration.Instruments();
    var symbols = book.Filters;
    var lease = TimeSpan.FromSeconds(builder.Configuration.SettingsOf<StandbySettings>().LeaseSeconds);
    var settings = builder.Configuration.SettingsOf(
        ExecutorSettings.For(options.Mode, options.IsTape, symbols));
    if (!RoleNames.IsActiveIn(RoleNames.Venue, options.Mode))
    {
        var venue = builder.Configuration.SettingsOf(new VenueSettings { Symbols = symbols });
        builder.AddQuantum(
            (host, _) => host.Add(() => new ExecutorRole(settings)).Add(() => new SimVenueRole(venue)), lease);
        return;
    }

    builder.AddExchange(options, book);
    builder.AddQuantum(
        (host, services) => host
            .Add(() => new ExecutorRole(settings))
            .AddGateway(() => new VenueGateway(services.GetRequiredService<OrderLanes>)),
        lease);
});
