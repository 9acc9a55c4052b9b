using Quantum.Hosting;
using Quantum.Roles.Sizing;
using Quantum.Sizing;

return await QuantumHosting.RunAsync(
    args,
    builder =>
    {
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<SizingPolicyRole>();
        builder.Services.AddSingleton(builder.Configuration.Instruments().Filters);
        builder.AddQuantum((host, services) => host.Add(services.GetRequiredService<SizingPolicyRole>));
    },
    app => app.MapGrpcService<SizingService>());
