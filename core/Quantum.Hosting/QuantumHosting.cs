using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quantum.EventLog;
using Quantum.EventLog.Redis;
using Quantum.Resp;
using Quantum.EventLog.Runner;
using Quantum.Hosting.Logging;
using Quantum.ServiceDefaults;
using StackExchange.Redis;

namespace Quantum.Hosting;

/// <summary>
/// Makes a web application a service of Quantum: one call adds its roles, one runs it with clear start-up errors.
/// </summary>
public static class QuantumHosting
{
    /// <summary>The exit code of a service that could not start.</summary>
    public const int CannotStart = 2;

    /// <summary>
    /// The option, <c>--bindings=true</c>, with which a service tells what its roles and gateways handle and ends:
    /// compared with the catalog, without Redis.
    /// </summary>
    public const string BindingsOption = "bindings";

    /// <summary>Adds the event log and the roles and gateways of this service.</summary>
    /// <param name="builder">The service.</param>
    /// <param name="addRoles">What it runs; null: nothing.</param>
    /// <param name="lease">How long its seats stay taken after its last sign of life; null: as long as any.</param>
    public static WebApplicationBuilder AddQuantum(
        this WebApplicationBuilder builder, Action<ServiceRoles, IServiceProvider>? addRoles = null,
        TimeSpan? lease = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = QuantumOptions.From(builder.Configuration);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(services => MakeRoles(services, addRoles));
        builder.Services.AddSingleton(
            services => MakeHost(
                services.GetRequiredService<ServiceRoles>(), options, lease,
                services.GetRequiredService<ILogger<LogHost>>()));
        builder.Services.AddSingleton<IEventLog>(services => services.GetRequiredService<LogHost>().Log);
        builder.Services.AddHostedService<LogHostService>();
        builder.Services.AddHostedService<ProgressFeed>();
        return builder;
    }

    /// <summary>Maps <c>/status</c>: what this service runs and how far it is; nothing without roles.</summary>
    public static WebApplication MapStatus(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (!HasRoles(app)) return app;
        // A handler of this form needs no binding of parameters, which costs every start 150 compiled methods.
        app.MapGet("/status", WriteStatusAsync);
        return app;
    }

    private static Task WriteStatusAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var build = services.GetRequiredService<BuildIdentity>();
        var options = services.GetRequiredService<QuantumOptions>();
        return context.Response.WriteAsJsonAsync(new
        {
            service = build.Service,
            version = build.Version,
            build = build.BuildId,
            mode = options.Mode.ToString(),
            tape = options.IsTape,
            seats = services.GetRequiredService<LogHost>().Progress,
        });
    }

    /// <summary>
    /// Builds and runs a service. What a setting, a file or a port keeps from starting becomes one line on standard
    /// error and exit code 2.
    /// </summary>
    public static async Task<int> RunAsync(
        string[] args, Action<WebApplicationBuilder> add, Action<WebApplication>? map = null)
    {
        ArgumentNullException.ThrowIfNull(add);
        var isStarted = false;
        try
        {
            var builder = WebApplication.CreateBuilder(args);
            // First, so that a fault in what every service needs is told the same way by all of them.
            CheckSections(builder.Configuration);
            var options = QuantumOptions.From(builder.Configuration);
            builder.AddServiceDefaults();
            builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(QuietLogs));
            add(builder);
            await using var app = builder.Build();
            var bindings = HasRoles(app) ? app.Services.GetRequiredService<ServiceRoles>().Bindings : [];
            CheckCatalog(add.Method.Module.Assembly.GetName().Name, bindings, options.Mode);
            if (app.Configuration.GetValue<bool>(BindingsOption)) return await TellAsync(bindings);
            app.Use(TellUnavailableAsync);
            app.MapDefaultEndpoints();
            app.MapStatus();
            if (HasRoles(app))
            {
                CheckRedis(options);
                GivenSettings.Tell(add.Method.Module.Assembly, app.Configuration, options,
                    app.Services.GetRequiredService<BuildIdentity>());
            }

            map?.Invoke(app);
            app.Lifetime.ApplicationStarted.Register(() => isStarted = true);
            await app.RunAsync();
            return Environment.ExitCode;
        }
        catch (Exception fault) when (!isStarted && StartFault.Of(fault) is not null)
        {
            await Console.Error.WriteLineAsync("cannot start: " + StartFault.Of(fault));
            return CannotStart;
        }
    }

    // A misspelt name in a section is told by whoever reads the section; a misspelt section nobody would read.
    private static void CheckSections(IConfiguration configuration)
    {
        var paths = configuration.AsEnumerable().Where(pair => pair.Value is not null).Select(pair => pair.Key);
        if (KnownSections.SlipIn(paths) is { } slip) throw new StartupException(slip);
    }

    // A role that nobody registered, or a stream without a handler, must not wait for its first event to be noticed.
    private static void CheckCatalog(string? assembly, IReadOnlyList<RoleBinding> bindings, TradingMode mode)
    {
        if (ServiceHosts.OfAssembly(assembly) is not { } service) return;
        var findings = CatalogCheck.TopologyFindings(StreamCatalog.All, ServiceHosts.All)
            .Concat(CatalogCheck.ShapeFindings(bindings.SelectMany(binding => binding.Streams).Distinct()))
            .Concat(CatalogCheck.BindingFindings(StreamCatalog.All, service, bindings, mode)).ToList();
        if (findings.Count > 0) throw new StartupException(string.Join(" ", findings));
    }

    private static async Task<int> TellAsync(IReadOnlyList<RoleBinding> bindings)
    {
        foreach (var binding in bindings) await Console.Out.WriteLineAsync(binding.ToString());
        return 0;
    }

    // An operator's word that could not be written must come back as such, not as an empty 500.
    private static async Task TellUnavailableAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (LogUnavailableException fault) when (!context.Response.HasStarted)
        {
            await UnavailableAsync(context, fault.Message);
        }
        catch (Exception fault) when (
            fault is RedisConnectionException or RedisTimeoutException && !context.Response.HasStarted)
        {
            // Its own words are for whoever wrote the client.
            await UnavailableAsync(context, "Redis does not answer: try again when it is back.");
        }
    }

    private static Task UnavailableAsync(HttpContext context, string error)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsJsonAsync(new { error });
    }

    private static QuietLoggerFactory QuietLogs(IServiceProvider services) => new(
        new LoggerFactory(
            services.GetServices<ILoggerProvider>(),
            services.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>(),
            services.GetRequiredService<IOptions<LoggerFactoryOptions>>()),
        services.GetRequiredService<TimeProvider>());

    private static bool HasRoles(WebApplication app) =>
        app.Services.GetRequiredService<IServiceProviderIsService>().IsService(typeof(LogHost));

    // The log checks again when it starts; but there the host prints the fault's whole stack before the one line.
    private static void CheckRedis(QuantumOptions options)
    {
        try
        {
            RedisPreflight.Check(
                RespEndpoint.Parse(options.RedisConnection), new LogKeys(options.Shards), options.Mode,
                options.IsTape, options.RequireAppendOnly, options.System);
        }
        catch (LogRefusedException fault)
        {
            throw new StartupException(fault.Message, fault);
        }
    }

    private static ServiceRoles MakeRoles(IServiceProvider services, Action<ServiceRoles, IServiceProvider>? addRoles)
    {
        var roles = new ServiceRoles();
        addRoles?.Invoke(roles, services);
        return roles;
    }

    private static LogHost MakeHost(
        ServiceRoles roles, QuantumOptions options, TimeSpan? lease, ILogger<LogHost> logger)
    {
        var runner = new RunnerSettings
        {
            Mode = options.Mode, IsTape = options.IsTape,
            OnFailure = (text, cause) => logger.LogError(cause, "{Failure}", text),
        };
        var settings = new LogHostSettings
        {
            Runner = lease is { } ttl ? runner with { LeaseTtl = ttl } : runner,
            Shards = options.Shards,
            RequireAppendOnly = options.RequireAppendOnly,
            Owner = options.System,
        };
        try
        {
            var host = new LogHost(options.RedisConnection, settings);
            roles.AddTo(host);
            return host;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            throw new StartupException(fault.Message, fault);
        }
    }
}
