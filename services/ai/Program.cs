using Quantum.Hosting;
using Quantum.Roles.Ai;

return await QuantumHosting.RunAsync(args, builder =>
{
    var settings = builder.Configuration.SettingsOf<AiEngineSettings>();
    builder.AddQuantum((host, _) => host.Add(() => new AiEngineRole(settings)));
});
