using Quantum.Contracts.Catalog;
using Quantum.Hosting;
using Quantum.Roles.Executor;
using Quantum.Roles.Venue;

return await QuantumHosting.RunAsync(args, builder =>
{
    var options = QuantumOptions.From(builder.Configuration);
    var symbols = builder.Configuration.Instruments().Filters;
    var settings = builder.Configuration.SettingsOf(
        ExecutorSettings.For(options.Mode, options.IsTape, symbols));
    if (!RoleNames.IsActiveIn(RoleNames.SimVenue, options.Mode))
        throw new StartupException(
            $"Quantum:Mode is {options.Mode}, but this build has only the simulated venue: use sim or paper.");
    var venue = builder.Configuration.SettingsOf(new VenueSettings { Symbols = symbols });
    builder.AddQuantum((host, _) => host.Add(() => new ExecutorRole(settings)).Add(() => new SimVenueRole(venue)));
});
