namespace Quantum.Compat.Aspire.Tests;

public sealed class ParameterTests
{
    [Fact]
    public async Task All_missing_values_are_named_before_anything_starts()
    {
        await using var app = new SampleApp();
        app.Builder.AddParameter("api-key", secret: true);
        app.Builder.AddConnectionString("redis");
        app.Builder.AddParameterFromConfiguration("odd", "Section:Odd");
        app.AddService("api");
        var wrong = await Assert.ThrowsAsync<MissingParameterValueException>(app.StartAsync);
        Assert.Contains("'Parameters:api-key' has no value", wrong.Message);
        Assert.Contains("Parameters__api_key", wrong.Message);
        Assert.Contains("'ConnectionStrings:redis' has no value", wrong.Message);
        Assert.Contains("'Section:Odd' has no value", wrong.Message);
        Assert.Null(app.StateOf("api"));
    }

    [Theory]
    [InlineData("--Parameters:api-key=given")]
    [InlineData("--Parameters:api_key=given")]
    public async Task A_hyphen_may_be_an_underscore(string argument)
    {
        await using var app = new SampleApp(argument);
        Assert.Equal("given", await app.Builder.AddParameter("api-key").Resource.GetValueAsync(default));
    }

    [Fact]
    public async Task A_generated_value_has_what_was_asked_for_and_is_new_each_time()
    {
        await using var app = new SampleApp();
        var random = new GenerateParameterDefault { Special = false, MinNumeric = 4, MinLength = 30 };
        var values = Enumerable.Range(0, 50).Select(_ => random.GetDefaultValue()).ToHashSet();
        Assert.Equal(50, values.Count);
        Assert.All(values, value => Assert.Matches("^[a-zA-Z0-9]{30}$", value));
        Assert.All(values, value => Assert.True(value.Count(char.IsAsciiDigit) >= 4, value));
        var parameter = app.Builder.AddParameter("password", random, secret: true, persist: true);
        Assert.Equal(await parameter.Resource.GetValueAsync(default), await parameter.Resource.GetValueAsync(default));
    }

    [Fact]
    public async Task A_secret_is_never_published()
    {
        await using var app = new SampleApp();
        Assert.Throws<ArgumentException>(() =>
            app.Builder.AddParameter("a", "b", publishValueAsDefault: true, secret: true));
    }

    [Fact]
    public async Task Connection_strings_resolve_and_who_waits_for_one_waits_for_what_it_names()
    {
        await using var app = new SampleApp("--ConnectionStrings:outside=there:6379,ssl=true");
        var outside = app.Builder.AddConnectionString("outside");
        var file = Path.Combine(app.Folder, "healthy");
        var server = app.AddService("server").WithHttpEndpoint().WithHttpHealthCheck("/health")
            .WithEnvironment("HEALTH_FILE", file);
        var password = app.Builder.AddParameter("password", "a b", secret: true);
        var inside = app.Builder.AddConnectionString("inside", ReferenceExpression.Create(
            $"{server.GetEndpoint("http").Property(EndpointProperty.HostAndPort)},password={password:uri},x={{1}}"))
                .WaitFor(server);
        var api = app.AddService("api").WithHttpEndpoint().WithHttpHealthCheck("/health")
            .WithReference(outside).WithReference(inside).WaitFor(inside).WaitFor(outside);
        await app.StartAsync();
        await app.States.WaitForResourceAsync("server").WaitAsync(Eventually.Deadline);
        Assert.Equal(
            ("Waiting", "Waiting", "Running"), (app.StateOf("api"), app.StateOf("inside"), app.StateOf("outside")));

        File.WriteAllText(file, "");
        await app.HealthyAsync("api");
        var seen = await SampleApp.VariablesOfAsync(api);
        Assert.Equal("there:6379,ssl=true", seen["ConnectionStrings__outside"]);
        Assert.Equal(
            $"localhost:{server.GetEndpoint("http").Port},password=a%20b,x={{1}}", seen["ConnectionStrings__inside"]);
    }

    [Fact]
    public void Names_are_checked_and_unique()
    {
        var builder = new SampleApp().Builder;
        builder.AddParameter("one", "1");
        Assert.Contains("exists", Assert.Throws<DistributedApplicationException>(() => builder.AddParameter("ONE", "2"))
            .Message);
        foreach (var wrong in new[] { "1st", "under_score", "two--hyphens", "end-", new string('a', 65) })
        {
            Assert.Contains($"'{wrong}' is invalid",
                Assert.Throws<ArgumentException>(() => builder.AddParameter(wrong, "x")).Message);
        }
    }
}
