using Quantum.Hosting;
using Quantum.Roles.TradingBot;
using Quantum.Sizing.V1;
using Quantum.TradingBot;

return await QuantumHosting.RunAsync(args, builder =>
{
    var settings = builder.Configuration.SettingsOf(
        TradingBotSettings.For(
            QuantumOptions.From(builder.Configuration).IsTape, builder.Configuration.Instruments().Filters));
    var address = SizingAddress.From(builder.Configuration);
    // A call has one deadline, and the role decides what follows: no attempt may be made behind its back.
#pragma warning disable EXTEXP0001 // The way out of what every HTTP client gets is experimental.
    builder.Services.AddGrpcClient<Sizing.SizingClient>(client => client.Address = address)
        .RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
    builder.Services.AddHostedService<SizingRehearsal>();
    builder.AddQuantum((host, services) => host
        .Add(() => new TradingBotRole(settings))
        .AddGateway(() => new SizingGateway(
            services.GetRequiredService<Sizing.SizingClient>(), TimeSpan.FromMilliseconds(settings.SizingTimeoutMs))));
});
