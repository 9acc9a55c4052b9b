using Quantum.Hosting;
using Quantum.Roles.Portfolio;

return await QuantumHosting.RunAsync(args, builder =>
{
    var settings = builder.Configuration.SettingsOf(
        PortfolioSettings.For(QuantumOptions.From(builder.Configuration).IsTape));
    builder.AddQuantum((host, _) => host.Add(() => new PortfolioRole(settings)));
});
