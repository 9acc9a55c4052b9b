namespace Quantum.Compat.Aspire.Tests;

public sealed class WaitingTests
{
    [Fact]
    public async Task Who_waits_starts_only_when_the_other_is_healthy()
    {
        await using var app = new SampleApp();
        var file = Path.Combine(app.Folder, "healthy");
        var first = app.AddService("first").WithHttpEndpoint().WithHttpHealthCheck("/health")
            .WithEnvironment("HEALTH_FILE", file);
        app.AddService("second").WithHttpEndpoint().WithHttpHealthCheck("/health").WaitFor(first);
        app.AddService("early").WithHttpEndpoint().WaitForStart(first);
        await app.StartAsync();

        // The first answers, and says 503: only then does it mean something that the second has not started.
        await Eventually.TrueAsync(async () => await AnswersAsync(first));
        await app.States.WaitForResourceAsync("early").WaitAsync(Eventually.Deadline);
        Assert.Equal("Waiting", app.StateOf("second"));
        Assert.Contains("second  | Waiting for resource 'first' to become healthy.", app.Lines);

        File.WriteAllText(file, "");
        await app.HealthyAsync("second");
        Assert.Equal("Running", app.StateOf("first"));
    }

    [Fact]
    public async Task Who_waits_for_one_that_ends_does_not_start()
    {
        await using var app = new SampleApp();
        var first = app.AddService("first").WithEnvironment("EXIT_CODE", "3").WithHttpEndpoint()
            .WithHttpHealthCheck("/health");
        app.AddService("second").WaitFor(first);
        await app.StartAsync();
        await app.States.WaitForResourceAsync("second", KnownResourceStates.FailedToStart)
            .WaitAsync(Eventually.Deadline);

        Assert.Equal(("Finished", 3), (app.StateOf("first"), app.ExitCodeOf("first")));
        Assert.Contains(app.Lines, line => line.EndsWith("error: 'first' ended with exit code 3."));
        Assert.Contains(app.Lines, line =>
            line.Contains("'second' did not start: the resource 'first' it waits for ended with exit code 3"));
    }

    [Theory]
    [InlineData("0", "Running")]
    [InlineData("4", "FailedToStart")]
    public async Task Who_waits_for_completion_looks_at_the_exit_code(string exitCode, string state)
    {
        await using var app = new SampleApp();
        var job = app.AddService("job").WithEnvironment("EXIT_CODE", exitCode);
        app.AddService("after").WithHttpEndpoint().WaitForCompletion(job);
        await app.StartAsync();
        await app.States.WaitForResourceAsync("after", state).WaitAsync(Eventually.Deadline);
        Assert.Equal("Finished", app.StateOf("job"));
    }

    [Fact]
    public async Task A_program_that_is_missing_is_named()
    {
        await using var app = new SampleApp();
        app.Builder.AddExecutable("tool", "no-such-program", ".");
        await app.StartAsync();
        await app.States.WaitForResourceAsync("tool", KnownResourceStates.FailedToStart).WaitAsync(Eventually.Deadline);
        Assert.Contains(app.Lines, line => line.Contains("the program 'no-such-program' was not found"));
    }

    [Fact]
    public async Task A_circle_is_refused_before_anything_starts()
    {
        await using var app = new SampleApp();
        var one = app.AddService("one");
        var two = app.AddService("two").WaitFor(one);
        one.WaitFor(two);
        var wrong = await Assert.ThrowsAsync<DistributedApplicationException>(app.StartAsync);
        Assert.Contains("one -> two -> one", wrong.Message);
        Assert.Null(app.StateOf("one"));
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        await using var app = new SampleApp();
        app.AddService("api").WithHttpEndpoint(port);
        var wrong = await Assert.ThrowsAsync<DistributedApplicationException>(app.StartAsync);
        Assert.Contains($"Port {port} of 'api' (http) cannot be used", wrong.Message);
    }

    private static async Task<bool> AnswersAsync(IResourceBuilder<IResourceWithEndpoints> resource)
    {
        try
        {
            await SampleApp.GetAsync(resource, "/id");
            return true;
        }
        catch (Exception early) when (early is HttpRequestException or InvalidOperationException)
        {
            return false;
        }
    }
}
