using Quantum.Hosting;
using Quantum.Roles.ExitBrain;

return await QuantumHosting.RunAsync(args, builder =>
{
    var settings = builder.Configuration.SettingsOf(
        ExitBrainSettings.For(QuantumOptions.From(builder.Configuration).IsTape));
    builder.AddQuantum((host, _) => host.Add(() => new ExitBrainRole(settings)));
});
