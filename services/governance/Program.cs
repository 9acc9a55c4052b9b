using Quantum.Governance;
using Quantum.Governance.Watchdog;
using Quantum.Hosting;
using Quantum.Roles.Governance;
using Quantum.Roles.Regimes;

return await QuantumHosting.RunAsync(
    args,
    builder =>
    {
        var isTape = QuantumOptions.From(builder.Configuration).IsTape;
        var governance = builder.Configuration.SettingsOf(GovernanceSettings.For(isTape));
        var regimes = builder.Configuration.SettingsOf<RegimeSettings>();
        builder.AddQuantumRedis();
        builder.Services.AddSingleton<ControlSurface>();
        builder.AddQuantum((host, _) =>
            host.Add(() => new GovernanceRole(governance)).Add(() => new MetaRegimeRole(regimes)));
        builder.AddWatchdog(governance.Halts);
    },
    ControlSurface.Map);
