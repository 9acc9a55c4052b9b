using Quantum.Contracts.Units;
using Quantum.EventLog;
using Quantum.EventLog.Redis;
using Quantum.Resp;
using Quantum.Hosting;
using Quantum.Roles.Sizing;
using Quantum.Testing;

namespace Quantum.Services.Tests;

public sealed class StartTests
{
    [Fact]
    public async Task A_service_that_can_start_does_and_ends_with_0()
    {
        using var redis = RedisServer.Start();
        var (code, errors) = await RunAsync($"ConnectionStrings:redis={redis.ConnectionString}");
        Assert.Equal((0, ""), (code, errors));
    }

    [Fact]
    public async Task A_missing_connection_string_is_one_line_and_code_2() =>
        Refused(await RunAsync(), "ConnectionStrings:redis is not set");

    [Fact]
    public async Task An_unknown_mode_is_one_line_and_code_2() =>
        Refused(await RunAsync("ConnectionStrings:redis=127.0.0.1:1", "Quantum:Mode=real"), "Quantum:Mode is 'real'");

    [Fact]
    public async Task A_misspelt_section_is_one_line_and_code_2() => Refused(
        await RunAsync("ConnectionStrings:redis=127.0.0.1:1", "Exector:MaxAttempts=5"),
        "did you mean Executor:MaxAttempts?");

    [Fact]
    public async Task No_redis_is_one_line_and_code_2()
    {
        var place = FormattableString.Invariant($"127.0.0.1:{RedisServer.FreePort()}");
        Refused(await RunAsync($"ConnectionStrings:redis={place}"), place, "start Redis");
    }

    [Fact]
    public async Task A_wrong_password_is_one_line_and_code_2_and_not_repeated()
    {
        using var redis = RedisServer.Start(new RedisServerOptions { Password = "right" });
        var (code, errors) = await RunAsync(
            FormattableString.Invariant($"ConnectionStrings:redis=127.0.0.1:{redis.Port},password=hush"));
        Refused((code, errors), "password");
        Assert.DoesNotContain("hush", errors);
    }

    [Fact]
    public async Task A_redis_that_evicts_is_one_line_and_code_2()
    {
        using var redis =
            RedisServer.Start(new RedisServerOptions { Arguments = ["--maxmemory-policy", "allkeys-lru"] });
        Refused(await RunAsync($"ConnectionStrings:redis={redis.ConnectionString}"), "allkeys-lru", "noeviction");
    }

    [Fact]
    public async Task Another_shard_count_is_one_line_and_code_2()
    {
        using var redis = RedisServer.Start();
        RedisPreflight.Check(RespEndpoint.Parse(redis.ConnectionString), new LogKeys(4), TradingMode.Paper, false);
        Refused(await RunAsync($"ConnectionStrings:redis={redis.ConnectionString}"), "4 shards", "wants 1");
    }

    [Theory]
    [InlineData(true, "false", "Quantum__Tape=true")]
    [InlineData(false, "true", "Quantum__Tape=false")]
    public async Task Another_time_is_one_line_and_code_2(bool isTape, string own, string mend)
    {
        using var redis = RedisServer.Start();
        RedisPreflight.Check(RespEndpoint.Parse(redis.ConnectionString), new LogKeys(), TradingMode.Paper, isTape);
        Refused(
            await RunAsync($"ConnectionStrings:redis={redis.ConnectionString}", $"Quantum:Tape={own}"), mend);
    }

    public static TheoryData<string> Services { get; } = [.. ServiceAssemblies.All];

    [Theory]
    [MemberData(nameof(Services))]
    public void Every_service_without_a_connection_string_says_the_same_line(string assembly)
    {
        var (code, errors, output) = ServiceProcess.RunToEnd(assembly);
        Refused((code, errors), "ConnectionStrings:redis is not set");
        Assert.DoesNotContain("   at ", output);
    }

    [Fact]
    public void A_process_without_redis_prints_no_stack_trace_either()
    {
        var place = FormattableString.Invariant($"127.0.0.1:{RedisServer.FreePort()}");
        var (code, errors, output) =
            ServiceProcess.RunToEnd("Quantum.Portfolio", $"ConnectionStrings:redis={place}");
        Refused((code, errors), place);
        Assert.DoesNotContain("   at ", output);
    }

    public static TheoryData<string, string, string[]> Wrong => new()
    {
        { "Quantum.Executor", "Executor:MaxAttempts=abc", ["Executor:MaxAttempts", "'abc'"] },
        { "Quantum.Executor", "Executor:MaxOpenPositions=5", ["Executor:MaxOpenPositions", "docs/SETTINGS.md"] },
        { "Quantum.Executor", "Executor:MinStopFraction=0,05", ["Executor:MinStopFraction", "'0,05'"] },
        { "Quantum.Executor", "Executor:MarginBufferFraction=0,5", ["Executor:MarginBufferFraction", "'0,5'"] },
        { "Quantum.Executor", "Executor:MinStopFraction=7", ["MinStopFraction is 7", "Executor__MinStopFraction"] },
        { "Quantum.Portfolio", "Quantum:Shards=x", ["Quantum:Shards is 'x'"] },
        { "Quantum.Market", "Feed:Speed=fast", ["--speed (Feed:Speed) is 'fast'"] },
        { "Quantum.Governance", "Governance:Normal:MaxLeverage=many", ["Governance:Normal:MaxLeverage", "'many'"] },
        { "Quantum.Governance", "Watchdog:EverySeconds=soon", ["Watchdog:EverySeconds", "'soon'"] },
        { "Quantum.TradingBot", "TradingBot:Nothing=1", ["TradingBot", "Nothing"] },
        { "Quantum.Portfolio", "Portfolio:StartBalanceUsd=-1", ["StartBalanceUsd"] },
        { "Quantum.Portfolio", "OTEL_EXPORTER_OTLP_ENDPOINT=nowhere", ["OTEL_EXPORTER_OTLP_ENDPOINT is 'nowhere'"] },
        { "Quantum.Portfolio", "Kestrel:Endpoints:http:Url=nowhere", ["nowhere"] },
        { "Quantum.Learning", "Journal:Path=/dev/null/journal.db", ["/dev/null/journal.db", "Journal:Path"] },
        { "Quantum.Learning", "ConnectionStrings:journal=Colour=blue", ["ConnectionStrings:journal"] },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void A_wrong_setting_is_one_line_that_names_it_and_code_2(string service, string setting, string[] words)
    {
        using var redis = RedisServer.Start();
        var (code, errors, output) = ServiceProcess.RunToEnd(
            service, $"ConnectionStrings:redis={redis.ConnectionString}", setting);
        Refused((code, errors), words);
        Assert.DoesNotContain("   at ", output);
    }

    [Fact]
    public void A_taken_port_is_one_line_with_the_setting_that_changes_it_and_code_2()
    {
        using var redis = RedisServer.Start();
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var (code, errors, output) = ServiceProcess.RunToEnd(
            "Quantum.Portfolio", $"ConnectionStrings:redis={redis.ConnectionString}",
            $"Kestrel:Endpoints:http:Url=http://{taken.LocalEndpoint}");
        Refused((code, errors), taken.LocalEndpoint.ToString()!, "ASPNETCORE_URLS");
        Assert.DoesNotContain("   at ", output);
    }

    private static void Refused((int Code, string Errors) end, params string[] words)
    {
        Assert.True(end.Code == QuantumHosting.CannotStart, $"exit code {end.Code}: {end.Errors}");
        var line = Assert.Single(end.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("cannot start: ", line);
        foreach (var word in words) Assert.Contains(word, line);
    }

    // Runs a service with one role in this process, and ends it as soon as it has started.
    private static async Task<(int Code, string Errors)> RunAsync(params string[] settings)
    {
        using var errors = new StringWriter();
        var before = System.Console.Error;
        System.Console.SetError(errors);
        try
        {
            var code = await QuantumHosting.RunAsync(
                ["--urls=http://127.0.0.1:0", .. settings.Select(setting => "--" + setting)],
                builder => builder.AddQuantum((host, _) => host.Add(() => new SizingPolicyRole())),
                app => app.Lifetime.ApplicationStarted.Register(app.Lifetime.StopApplication));
            return (code, errors.ToString());
        }
        finally
        {
            System.Console.SetError(before);
        }
    }
}
