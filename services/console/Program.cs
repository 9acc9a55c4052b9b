using Quantum.Console.Access;
using Quantum.Console.Acting;
using Quantum.Console.Api;
using Quantum.Console.Backtests;
using Quantum.Console.Components;
using Quantum.Console.Letters;
using Quantum.Console.Live;
using Quantum.Console.Outcomes;
using Quantum.Console.Shown;
using Quantum.Hosting;

return await QuantumHosting.RunAsync(
    args,
    builder =>
    {
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddSingleton(QuantumOptions.From(builder.Configuration));
        builder.AddQuantumRedis();
        builder.AddAccess(AccessSettings.From(builder.Configuration));
        builder.Services.AddSingleton(new Figures(builder.Configuration.Instruments()));
        builder.Services.AddSingleton<ConsoleRedis>();
        builder.Services.AddSingleton<SystemReader>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SystemReader>());
        builder.Services.AddHostedService<FirstPage>();
        builder.Services.AddSingleton<Questions>();
        builder.Services.AddSingleton(builder.Configuration.SettingsOf<DashboardSettings>());
        builder.Services.AddSingleton<OperatorWords>();
        builder.Services.AddScoped<OperatorActions>();
        builder.Services.AddSingleton<LetterActions>();
        builder.AddApi();
        builder.AddOutcomes();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
    },
    app =>
    {
        app.UseRequestGuard();
        app.UseProblems();
        app.UseAccess(app.Services.GetRequiredService<AccessSettings>());
        app.MapStaticAssets();
        LoginPages.Map(app);
        app.MapApi();
        JournalFile.Map(app);
        BacktestReport.Map(app);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(
            options => options.ContentSecurityFrameAncestorsPolicy = null);
    });
