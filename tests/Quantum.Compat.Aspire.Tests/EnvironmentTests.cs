namespace Quantum.Compat.Aspire.Tests;

public sealed class EnvironmentTests
{
    [Fact]
    public async Task A_project_gets_what_Aspire_injects()
    {
        await using var app = new SampleApp("--Parameters:mode=paper", "--environment", "Development");
        var mode = app.Builder.AddParameter("mode");
        var redis = app.Builder.AddRedis("redis");
        var api = app.AddService("api").WithHttpEndpoint();
        var bot = app.AddService("trading-bot").WithHttpEndpoint().WithHttpHealthCheck("/health")
            .WithReference(redis).WithReference(api).WaitFor(redis)
            .WithEnvironment("Quantum__Mode", mode)
            .WithEnvironment("FIXED", "one")
            .WithEnvironment("ASKED", () => "two")
            .WithEnvironment("URL", api.GetEndpoint("http"))
            .WithEnvironment("TEXT", $"{api.GetEndpoint("http").Property(EndpointProperty.Port)} in {mode}")
            .WithEnvironment(context => context.EnvironmentVariables["WHO"] = context.Resource.Name);
        await app.StartAsync();
        await app.HealthyAsync("trading-bot");

        var seen = await SampleApp.VariablesOfAsync(bot);
        var port = redis.Resource.PrimaryEndpoint.Port;
        var password = await redis.Resource.PasswordParameter!.GetValueAsync(default);
        var url = api.GetEndpoint("http").Url;
        Assert.Equal($"localhost:{port},password={password}", seen["ConnectionStrings__redis"]);
        Assert.Equal("localhost", seen["REDIS_HOST"]);
        Assert.Equal($"{port}", seen["REDIS_PORT"]);
        Assert.Equal(password, seen["REDIS_PASSWORD"]);
        Assert.Equal($"redis://:{password}@localhost:{port}", seen["REDIS_URI"]);
        Assert.Equal(url, seen["services__api__http__0"]);
        Assert.Equal(url, seen["API_HTTP"]);
        Assert.Equal(url, seen["URL"]);
        Assert.Equal(bot.GetEndpoint("http").Url, seen["ASPNETCORE_URLS"]);
        Assert.Equal("trading-bot", seen["OTEL_SERVICE_NAME"]);
        Assert.Matches("^service.instance.id=[0-9a-f]{8}$", seen["OTEL_RESOURCE_ATTRIBUTES"]);
        Assert.Equal("in_memory", seen["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"]);
        Assert.Equal("1000", seen["OTEL_METRIC_EXPORT_INTERVAL"]);
        Assert.Equal("simple", seen["LOGGING__CONSOLE__FORMATTERNAME"]);
        Assert.Equal(
            ["paper", "one", "two", $"{api.GetEndpoint("http").Port} in paper", "trading-bot"],
            [seen["Quantum__Mode"], seen["FIXED"], seen["ASKED"], seen["TEXT"], seen["WHO"]]);
        Assert.DoesNotContain("OTEL_EXPORTER_OTLP_ENDPOINT", seen.Keys);
        Assert.DoesNotContain("DOTNET_LAUNCH_PROFILE", seen.Keys);
    }

    [Fact]
    public async Task A_launch_profile_brings_its_endpoint_and_variables()
    {
        await using var app = new SampleApp("--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://localhost:4317");
        var web = app.Builder.AddProject("web", Places.ServiceProject).WithHttpHealthCheck("/health");
        Assert.Equal(15319, web.GetEndpoint("http").EndpointAnnotation.Port);
        web.WithEndpoint("http", e => e.Port = null);
        await app.StartAsync();
        await app.HealthyAsync("web");

        var seen = await SampleApp.VariablesOfAsync(web);
        Assert.Equal("yes", seen["FROM_PROFILE"]);
        Assert.Equal("web", seen["DOTNET_LAUNCH_PROFILE"]);
        Assert.Equal("Development", seen["ASPNETCORE_ENVIRONMENT"]);
        Assert.Equal("http://localhost:4317", seen["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        Assert.Equal("grpc", seen["OTEL_EXPORTER_OTLP_PROTOCOL"]);
    }

    [Fact]
    public async Task An_endpoint_with_a_variable_of_its_own_is_not_among_the_urls()
    {
        await using var app = new SampleApp();
        var api = app.AddService("api").WithHttpEndpoint().WithHttpEndpoint(name: "grpc", env: "GRPC_PORT")
            .WithHttpHealthCheck("/health", endpointName: "http").WithArgs("--one", "two");
        await app.StartAsync();
        await app.HealthyAsync("api");

        var seen = await SampleApp.VariablesOfAsync(api);
        Assert.Equal($"{api.GetEndpoint("grpc").Port}", seen["GRPC_PORT"]);
        Assert.Equal(api.GetEndpoint("http").Url, seen["ASPNETCORE_URLS"]);
    }

    [Fact]
    public void Two_endpoints_of_one_name_are_refused()
    {
        var api = new SampleApp().AddService("api").WithHttpEndpoint();
        var wrong = Assert.Throws<DistributedApplicationException>(() => api.WithHttpEndpoint());
        Assert.Contains("'http' already exists", wrong.Message);
    }
}
