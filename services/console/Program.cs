using Quantum.Console;
using Quantum.Hosting;

return await QuantumHosting.RunAsync(
    args,
    builder =>
    {
        builder.Services.AddSingleton(QuantumOptions.From(builder.Configuration));
        builder.AddQuantumRedis();
        builder.Services.AddSingleton(ControlAddress.From(builder.Configuration));
        builder.Services.AddSingleton<StatusReader>();
    },
    StatusPages.Map);
