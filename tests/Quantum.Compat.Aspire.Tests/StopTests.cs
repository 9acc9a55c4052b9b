using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Quantum.Compat.Aspire.Tests;

public sealed class StopTests
{
    [Fact]
    public async Task A_child_that_does_not_listen_is_killed_after_the_limit()
    {
        await using var app = new SampleApp();
        var limit = TimeSpan.FromSeconds(1);
        app.StopWithin(limit);
        app.AddService("deaf").WithHttpEndpoint().WithEnvironment("IGNORE_TERM", "yes");
        await app.StartAsync();
        await Eventually.TrueAsync(() => Task.FromResult(app.Lines.Any(line => line.EndsWith("| deaf and running"))));

        var clock = Stopwatch.StartNew();
        await app.Application.StopAsync();
        Assert.True(clock.Elapsed >= limit, "it was killed before its time");
        Assert.Contains(app.Lines, line => line.Contains("'deaf' did not end within 1 s of being asked to: killed."));
        Assert.Equal(("Exited", 137), (app.StateOf("deaf"), app.ExitCodeOf("deaf")));
    }

    [Fact]
    public async Task Who_waits_for_another_ends_before_it()
    {
        await using var app = new SampleApp();
        var file = Path.Combine(app.Folder, "stopped");
        var first = Listening(app, "first", file);
        var second = Listening(app, "second", file).WaitFor(first);
        Listening(app, "third", file).WaitFor(second);
        await app.StartAsync();
        await app.HealthyAsync("third");
        await app.Application.StopAsync();
        Assert.Equal(["third", "second", "first"], File.ReadAllLines(file));
        Assert.Equal(("Finished", 0), (app.StateOf("first"), app.ExitCodeOf("first")));
    }

    [Fact]
    public async Task Who_still_waits_is_not_started_by_the_stop()
    {
        await using var app = new SampleApp();
        var first = app.AddService("first").WithHttpEndpoint().WithHttpHealthCheck("/health")
            .WithEnvironment("HEALTH_FILE", Path.Combine(app.Folder, "never"));
        app.AddService("second").WaitFor(first);
        await app.StartAsync();
        await app.States.WaitForResourceAsync("first").WaitAsync(Eventually.Deadline);
        await app.Application.StopAsync();
        Assert.Equal("Exited", app.StateOf("second"));
        Assert.DoesNotContain(app.Lines, line => line.Contains("'second' runs as"));
    }

    [Fact]
    public async Task The_host_asked_to_stop_ends_the_run()
    {
        await using var app = new SampleApp();
        app.AddService("first").WithHttpEndpoint();
        var run = app.Application.RunAsync();
        await app.States.WaitForResourceAsync("first").WaitAsync(Eventually.Deadline);
        app.Application.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await run.WaitAsync(Eventually.Deadline);
        Assert.Contains(app.Lines, line => line.Contains("'first' ended with exit code"));
    }

    [Fact]
    public async Task A_killed_process_is_started_again_on_command_and_a_running_one_is_not()
    {
        await using var app = new SampleApp();
        app.AddService("first").WithHttpEndpoint();
        await app.StartAsync();
        await app.States.WaitForResourceAsync("first").WaitAsync(Eventually.Deadline);
        var again = () => app.Application.ResourceCommands.ExecuteCommandAsync(
            "first", KnownResourceCommands.StartCommand);
        Assert.False((await again()).Success);
        var id = app.Lines.First(line => line.Contains("'first' runs as")).Split("id ")[1].Split(',')[0];
        using (var process = Process.GetProcessById(int.Parse(id))) process.Kill();
        await app.States.WaitForResourceAsync("first", KnownResourceStates.Exited).WaitAsync(Eventually.Deadline);
        Assert.True((await again()).Success);
        await app.States.WaitForResourceAsync("first").WaitAsync(Eventually.Deadline);
        Assert.Equal(2, app.Lines.Count(line => line.Contains("'first' runs as")));
    }

    private static IResourceBuilder<ProjectResource> Listening(SampleApp app, string name, string file) =>
        app.AddService(name).WithHttpEndpoint().WithHttpHealthCheck("/health").WithEnvironment("STOP_FILE", file);
}
