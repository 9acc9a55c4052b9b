using Quantum.Hosting;
using Quantum.Roles.Ai;

return await QuantumHosting.RunAsync(args, builder =>
{
    var settings = builder.Configuration.SettingsOf(
        new AiEngineSettings { Symbols = builder.Configuration.Instruments().Filters });
    builder.AddQuantum((host, _) => host.Add(() => new AiEngineRole(settings)));
});
