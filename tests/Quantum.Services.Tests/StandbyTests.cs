using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.EventLog;
using Quantum.EventLog.Runner;
using Quantum.Executor;
using Quantum.Resp;
using Quantum.Roles.Executor;
using Quantum.Testing;

namespace Quantum.Services.Tests;

/// <summary>A second executor, which waits for the seats of one that is frozen.</summary>
public sealed class StandbyTests
{
    /// <summary>How late an exchange's answer may be meanwhile: what the chaos matrix delays it by.</summary>
    private static readonly TimeSpan s_slowAnswer = TimeSpan.FromSeconds(4);

    /// <summary>What it takes to load, to ask for what is open, and to send, on a machine that is loaded.</summary>
    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(3);

    [Fact]
    public void It_places_a_stop_within_the_limit_though_the_answer_is_late()
    {
        var settings = new LogHostSettings
        {
            Runner = new RunnerSettings
            {
                Mode = TradingMode.Sim, LeaseTtl = TimeSpan.FromSeconds(new StandbySettings().LeaseSeconds),
            },
        };
        // It asks once the lease is over and the other is not among the living any more, which it looks up as often as
        // it tells that it lives itself.
        var free = settings.AliveFor + settings.HeartbeatEvery;
        if (settings.Runner.LeaseTtl > free) free = settings.Runner.LeaseTtl;
        var placed = free + settings.Runner.AskEvery + s_start + s_slowAnswer;
        var limit = TimeSpan.FromMilliseconds(ExecutorSettings.For(
            TradingMode.Sim, isTape: false, new Quantum.Roles.Symbols.SymbolFilterBook()).MaxUnprotectedMs);
        Assert.True(placed <= limit, $"a stop would be placed {placed} after the freeze, the limit is {limit}");
        // A lease that is over before its holder counts as gone would only cost the holder its seat.
        Assert.True(settings.Runner.LeaseTtl >= settings.AliveFor, "nobody asks before, and the holder needs it");
    }

    [Theory]
    [InlineData("", 5)]
    [InlineData("Standby:LeaseSeconds=8", 8)]
    public async Task The_executors_seats_are_leased_for_as_long_as_the_setting_says(string setting, int seconds)
    {
        using var server = RedisServer.Start();
        string[] settings = [$"ConnectionStrings:redis={server.ConnectionString}"];
        using var executor = await ServiceProcess.StartAsync(
            "Quantum.Executor", setting.Length > 0 ? [.. settings, setting] : settings);
        using var redis = RespConnection.Connect(RespEndpoint.Parse(server.ConnectionString));
        foreach (var role in (string[])[RoleNames.Executor, RoleNames.SimVenue])
        {
            var key = new LogKeys().Lease(new RoleSeat(role, 0));
            var longest = 0L;
            // The longest that is seen: between two renewals less is left.
            Eventually.True(() =>
            {
                if (!redis.Call("HGET", key, "until").TryReadBytes(out var until)) return false;
                longest = Math.Max(longest, long.Parse(until, CultureInfo.InvariantCulture) - (redis.TimeUs() / 1000));
                return longest > (seconds - 1) * 1000;
            });
            Assert.InRange(longest, (seconds - 1) * 1000, seconds * 1000);
        }
    }
}
