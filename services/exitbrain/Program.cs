using Quantum.Hosting;
using Quantum.Roles.ExitBrain;

return await QuantumHosting.RunAsync(args, builder =>
{
    var settings = builder.Configuration.SettingsOf(ExitBrainSettings.For(
        QuantumOptions.From(builder.Configuration).IsTape, builder.Configuration.Instruments().Filters));
    builder.AddQuantum((host, _) => host.Add(() => new ExitBrainRole(settings)));
});
