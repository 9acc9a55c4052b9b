namespace Quantum.Compat.Aspire.Tests;

public sealed class ReplicaTests
{
    [Fact]
    public async Task Replicas_share_one_port_in_turn_and_have_names_of_their_own()
    {
        await using var app = new SampleApp();
        var ai = app.AddService("ai").WithHttpEndpoint().WithHttpHealthCheck("/health").WithReplicas(2);
        app.AddService("after").WaitFor(ai);
        await app.StartAsync();
        await app.States.WaitForResourceAsync("after").WaitAsync(Eventually.Deadline);

        var ids = new HashSet<string>();
        await Eventually.TrueAsync(async () => ids.Add(await SampleApp.GetAsync(ai, "/id")) | ids.Count == 2);
        Assert.Equal(("Running", "Running"), (app.StateOf("ai-1"), app.StateOf("ai-2")));
        Assert.Equal(2, ai.Resource.Annotations.OfType<EndpointAnnotation>().Single().ReplicaPorts.Distinct().Count());
        Assert.Contains("ai-1    | green words", app.Lines);
        Assert.Contains("ai-2    | words of the error stream", app.Lines);
    }

    [Fact]
    public async Task Replicas_cannot_share_a_fixed_target_port()
    {
        await using var app = new SampleApp();
        app.AddService("ai").WithHttpEndpoint(targetPort: 5000).WithReplicas(2);
        var wrong = await Assert.ThrowsAsync<DistributedApplicationException>(app.StartAsync);
        Assert.Contains("'ai' uses multiple replicas", wrong.Message);
    }

    [Fact]
    public async Task A_target_port_of_its_own_is_reached_through_the_open_one()
    {
        await using var app = new SampleApp();
        var (open, target) = (Quantum.Testing.RedisServer.FreePort(), Quantum.Testing.RedisServer.FreePort());
        var api = app.AddService("api").WithHttpEndpoint(open, target).WithHttpHealthCheck("/health");
        await app.StartAsync();
        await app.HealthyAsync("api");
        var seen = await SampleApp.VariablesOfAsync(api);
        Assert.Equal($"http://localhost:{target}", seen["ASPNETCORE_URLS"]);
        Assert.Equal($"http://localhost:{open}", api.GetEndpoint("http").Url);
    }
}
