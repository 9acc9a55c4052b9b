using Quantum.Hosting;
using Quantum.Roles.TradingBot;
using Quantum.Sizing.V1;
using Quantum.TradingBot;

return await QuantumHosting.RunAsync(args, builder =>
{
    var settings = builder.Configuration.SettingsOf("TradingBot",
        TradingBotSettings.For(
            QuantumOptions.From(builder.Configuration).IsTape, builder.Configuration.Instruments().Filters));
    var address = SizingAddress.From(builder.Configuration);
    builder.Services.AddGrpcClient<Sizing.SizingClient>(client => client.Address = address);
    builder.AddQuantum((host, services) => host
        .Add(() => new TradingBotRole(settings))
        .AddGateway(() => new SizingGateway(
            services.GetRequiredService<Sizing.SizingClient>(), TimeSpan.FromMilliseconds(settings.SizingTimeoutMs))));
});
