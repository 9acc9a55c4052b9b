using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.EventLog;
using Quantum.Resp;

namespace Quantum.AppHost.Tests;

/// <summary>What the dashboard shows and does, of a system that runs.</summary>
public sealed class StartedSystemTests(StartedSystem system) : IClassFixture<StartedSystem>
{
    private static readonly TimeSpan s_restartLimit = TimeSpan.FromSeconds(120);

    [Fact]
    public void Every_service_of_the_catalog_is_healthy()
    {
        foreach (var name in StartedSystem.Names) Assert.True(system.IsHealthy(name), name);
    }

    [Fact]
    public async Task Redis_is_shown_as_Redis_without_its_password()
    {
        var redis = system.Snapshot("redis");
        var connection = await system.App.GetConnectionStringAsync("redis");
        var password = connection!.Split("password=")[1];
        Assert.Contains(redis.Properties, property => property.Value?.ToString()?.Contains("redis-server") == true);
        var open = redis.Properties.Where(property => !property.IsSensitive).Select(property => property.Value);
        Assert.DoesNotContain(password, JsonSerializer.Serialize(open), StringComparison.Ordinal);
        Assert.NotEqual("sh", redis.Properties.First(property => property.Name == "executable.path").Value);
    }

    [Fact]
    public void A_service_is_given_its_event_store_mode_and_neighbours()
    {
        var bot = system.Snapshot("trading-bot").EnvironmentVariables.Where(variable => variable.IsFromSpec)
            .ToDictionary(variable => variable.Name, variable => variable.Value);
        Assert.Equal("paper", bot["Quantum__Mode"]);
        Assert.StartsWith("127.0.0.1:", bot["ConnectionStrings__redis"], StringComparison.Ordinal);
        Assert.StartsWith("http://localhost:", bot["SIZING_GRPC"], StringComparison.Ordinal);
        Assert.StartsWith("http://127.0.0.1:", bot["Kestrel__Endpoints__http__Url"], StringComparison.Ordinal);
        Assert.Equal("trading-bot", bot["OTEL_SERVICE_NAME"]);
        // What was said to up as an argument.
        Assert.Equal("4", bot["Executor__MaxAttempts"]);
    }

    [Fact]
    public async Task A_service_that_is_stopped_in_the_dashboard_stays_stopped_and_the_run_goes_on()
    {
        Assert.True((await system.App.ResourceCommands.ExecuteCommandAsync(
            "console", KnownResourceCommands.StopCommand)).Success);
        await Eventually.TrueAsync(
            () => Task.FromResult(KnownResourceStates.TerminalStates.Contains(
                system.Snapshot("console").State?.Text ?? "")), s_restartLimit);
        var patience = TimeSpan.FromSeconds(4);
        await Task.Delay(patience); // not a wait: an end that nobody asked for is acted on after two seconds
        Assert.Contains(system.Snapshot("console").State?.Text, KnownResourceStates.TerminalStates);
        Assert.True((await system.App.ResourceCommands.ExecuteCommandAsync(
            "console", KnownResourceCommands.StartCommand)).Success);
        using var limit = new CancellationTokenSource(s_restartLimit);
        await system.HealthyAsync("console", limit.Token);
    }

    [Fact]
    public async Task A_killed_service_comes_back()
    {
        var before = system.ProcessOf("portfolio")!.Value;
        using (var process = Process.GetProcessById(before)) process.Kill();
        await Eventually.TrueAsync(
            () => Task.FromResult(system.ProcessOf("portfolio") is { } now && now != before), s_restartLimit);
        using var limit = new CancellationTokenSource(s_restartLimit);
        await system.HealthyAsync("portfolio", limit.Token);
    }

    [Fact]
    public async Task A_killed_executors_seats_are_its_standbys_at_once()
    {
        var connection = await system.App.GetConnectionStringAsync("redis");
        using var redis = RespConnection.Connect(RespEndpoint.Parse(connection!));
        // Both may hold some, and each is the other's standby: the one that sends orders is killed.
        var killed = 0;
        await Eventually.TrueAsync(
            () => Task.FromResult((killed = HolderOf(redis, RoleNames.Executor)) > 0), s_restartLimit);
        string[] both = ["executor", StartedSystem.Standby];
        var name = both.Single(one => system.ProcessOf(one) == killed);
        var other = system.ProcessOf(both.Single(one => one != name))!.Value;
        Kill();
        string[] roles = [.. ServiceHosts.Of(RoleNames.Executor).Roles.Where(
            role => RoleNames.IsActiveIn(role, TradingMode.Paper))];
        await Eventually.TrueAsync(
            () => Task.FromResult(AreOthers()), s_restartLimit,
            $"all of {string.Join(", ", roles)} are held by {other}");
        // The killed one comes back, and seats may go back to it one by one: each is held by one that lives.
        await Eventually.TrueAsync(
            () => Task.FromResult(system.ProcessOf(name) is { } now && now != killed), s_restartLimit);
        using var limit = new CancellationTokenSource(s_restartLimit);
        await system.HealthyAsync(name, limit.Token);
        int[] living = [other, system.ProcessOf(name)!.Value];
        await Eventually.TrueAsync(
            () => Task.FromResult(roles.All(role => living.Contains(HolderOf(redis, role)))), s_restartLimit);

        // One that is back sooner than the other has taken its seats is killed again, and comes back later each time.
        bool AreOthers()
        {
            int[] holders = [.. roles.Select(role => HolderOf(redis, role))];
            if (system.ProcessOf(name) is { } back && back != killed && holders.Contains(back))
            {
                killed = back;
                Kill();
            }

            return holders.All(holder => holder == other);
        }

        void Kill()
        {
            using var process = Process.GetProcessById(killed);
            process.Kill();
        }
    }

    [Fact]
    public async Task The_kill_switch_is_a_command_that_asks_why_and_who_is_recorded()
    {
        Assert.Equal(
            ["audit", "feed-pause", "feed-resume", "flatten", "kill-off", "kill-on"],
            system.Snapshot("governance").Commands.Select(command => command.Name)
                .Except(["start", "stop", "restart"]).Order());
        await SayAsync("kill-on", "a test of the switch");
        await PolicyAsync(policy => policy.Contains("a test of the switch", StringComparison.Ordinal)
            && policy.Contains("(dashboard)", StringComparison.Ordinal));
        await SayAsync("kill-off", "the test is over");
        await PolicyAsync(policy => policy.Contains("the test is over", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_audit_is_a_command_that_shows_its_table()
    {
        var result = await system.App.ResourceCommands.ExecuteCommandAsync("governance", "audit");
        Assert.True(result.Success, result.Message);
        Assert.Contains("trade.intent", result.Data?.Value, StringComparison.Ordinal);
    }

    // The name of an owner is machine.pid.space.unique; 0 without one.
    private static int HolderOf(RespConnection redis, string role) =>
        redis.Call("HGET", new LogKeys().Lease(new RoleSeat(role, 0)), "owner") is { Next: RespKind.Bulk } owner
            ? int.Parse(owner.ReadString().Split('.')[^3], CultureInfo.InvariantCulture)
            : 0;

    private async Task SayAsync(string command, string reason)
    {
#pragma warning disable ASPIREINTERACTION001 // The values of a command are experimental, as the command itself is not.
        var words = new InteractionInputCollection(
            [new InteractionInput { Name = "reason", InputType = InputType.Text, Value = reason }]);
        var result = await system.App.ResourceCommands.ExecuteCommandAsync("governance", command, words);
#pragma warning restore ASPIREINTERACTION001
        Assert.True(result.Success, result.Message);
    }

    private async Task PolicyAsync(Func<string, bool> isThere)
    {
        using var http = system.App.CreateHttpClient("governance", "http");
        http.DefaultRequestHeaders.Authorization = new("Bearer", Environment.GetEnvironmentVariable("Control__Key"));
        await Eventually.TrueAsync(async () =>
        {
            var policy = await http.GetFromJsonAsync<JsonElement>(new Uri("/policy", UriKind.Relative));
            return isThere(policy.GetRawText());
        });
    }
}
