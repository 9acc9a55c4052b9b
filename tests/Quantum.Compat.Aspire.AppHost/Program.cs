using Aspire.Hosting;
using Microsoft.Extensions.Configuration;

// A small application for tests that need a process of its own: signals, exit codes, output into a pipe.
var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
{
    Args = args,
    ProjectDirectory = Environment.GetEnvironmentVariable("SAMPLE_DIRECTORY"),
});
var service = builder.Configuration["service"]!;
var redis = builder.AddRedis("redis");
var api = builder.AddProject("api", service, launchProfileName: null)
    .WithHttpEndpoint().WithHttpHealthCheck("/health").WithReference(redis).WaitFor(redis);
if (builder.Configuration["deaf"] is not null)
{
    api.WithEnvironment("IGNORE_TERM", "yes");
}

if (builder.Configuration["needs"] is { } needed)
{
    api.WithEnvironment("NEEDED", builder.AddParameter(needed));
}

builder.Build().Run();
