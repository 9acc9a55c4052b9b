using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.EventLog;
using Quantum.EventLog.Runner;

namespace Quantum.Cli.Tests;

/// <summary>`./quantum feed` beside a market service that follows the words.</summary>
public sealed class FeedVerbTests : IDisposable
{
    private readonly SystemFixture _system = new();

    public void Dispose() => _system.Dispose();

    [Fact]
    public void The_feed_is_paused_shown_and_goes_on()
    {
        using var host = Market();
        host.Start();
        Tick();
        Assert.Equal((0, "running"), Status());
        var pause = Say("pause");
        Assert.Equal((0, "paused"), (pause.ExitCode, pause.Json.GetProperty("feed").GetProperty("state").GetString()));
        Assert.Equal((1, "paused"), Status());
        var shown = _system.Run("feed", "status").Output;
        Assert.Contains("by anna: a look", shown, StringComparison.Ordinal);
        Assert.Contains(
            "the feed is paused, by anna: a look", _system.Run("why", "BTCUSDT").Output, StringComparison.Ordinal);
        Tick();
        Assert.Equal(0, Say("resume").ExitCode);
        Assert.Equal((0, "running"), Status());
        host.Stop();
    }

    [Fact]
    public void Without_a_market_service_the_word_is_recorded_and_said_to_be_unanswered()
    {
        var run = _system.Run("feed", "pause", "--reason", "a look", "--timeout", "0.3");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("the market service has not answered", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, _system.Number("XLEN", StreamCatalog.GovernanceControl.Key));
    }

    [Theory]
    [InlineData("testnet")]
    [InlineData("live")]
    public void A_venues_market_is_not_paused(string mode)
    {
        _system.Ask("HSET", LogKeys.Topology, "mode", mode);
        var run = _system.Run("feed", "pause", "--reason", "a look");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"in mode {mode} the market is the venue's", run.Errors, StringComparison.Ordinal);
        Assert.Equal(0, _system.Number("EXISTS", StreamCatalog.GovernanceControl.Key));
    }

    [Theory]
    [InlineData("", 1, "down")]
    [InlineData("lives", 1, "silent")]
    [InlineData("lives, tick", 0, "running")]
    [InlineData("lives, old tick", 1, "silent")]
    [InlineData("lives, old tick, tape", 0, "running")]
    [InlineData("tick", 1, "down")]
    [InlineData("tick, paused", 1, "paused")]
    [InlineData("lives, tick, paused, done", 1, "ended")]
    public void What_the_feed_does_is_told_and_what_is_not_seen_is_not_running(string facts, int code, string state)
    {
        foreach (var fact in facts.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            switch (fact)
            {
                case "lives":
                    _system.Ask(
                        "HSET", new LogKeys().Lease(new RoleSeat(RoleNames.MarketPublisher, 0)), "until",
                        Text(NowMs + 60_000));
                    break;
                case "tick": Tick(); break;
                case "old tick": Tick(60_000); break;
                case "paused": Pause(_system, "anna", "a look", 1); break;
                case "tape": _system.Ask("HSET", LogKeys.Topology, SystemTime.Field, SystemTime.Tape); break;
                default: _system.Ask("HSET", FeedKeys.Done, "feed", "x"); break;
            }
        }

        Assert.Equal((code, state), Status());
    }

    private static long NowMs => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private (int, string?) Status()
    {
        var run = _system.Run("feed", "status", "--json");
        return (run.ExitCode, run.Json.GetProperty("feed").GetProperty("state").GetString());
    }

    private CliRun Say(string word) => _system.Run(
        "feed", word, "--reason", "a look", "--by", "anna", "--timeout", "30", "--json");

    private void Tick(long ageMs = 0) => _system.Add(
        StreamCatalog.MarketTick.Key, "ts", Text(NowMs - ageMs), "mode", "sim", "v", "1", "symbol", "BTCUSDT");

    private static void Pause(SystemFixture system, string by, string reason, long atMs) =>
        system.Ask("HSET", FeedKeys.Pause, "by", by, "reason", reason, "at_ms", Text(atMs));

    private LogHost Market() => new LogHost(
        _system.Server.ConnectionString,
        new LogHostSettings { Runner = new RunnerSettings { Mode = TradingMode.Sim } })
        .AddGateway(() => new MarketGateway(_system));

    /// <summary>Keeps the word where the market service keeps it.</summary>
    private sealed class MarketGateway : Gateway
    {
        public MarketGateway(SystemFixture system) => On(
            StreamCatalog.GovernanceControl,
            (ControlCommand word, GatewayInput input, Outbox _, CancellationToken _) =>
            {
                if (word.Command == ControlAction.FeedResume) system.Ask("DEL", FeedKeys.Pause);
                else Pause(system, word.By, word.Reason, input.AtMs);
                return ValueTask.CompletedTask;
            });

        public override string Name => RoleNames.MarketPublisher;
    }
}
