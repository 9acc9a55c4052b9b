using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;

namespace Quantum.Contracts.Tests.Catalog;

/// <summary>The catalog of the system as it is.</summary>
public class CatalogTests
{
    [Fact]
    public void The_topology_is_closed() => Assert.Empty(CatalogCheck.Findings(StreamCatalog.All, ServiceHosts.All));

    [Fact]
    public void Every_event_comes_back_from_the_wire() =>
        Assert.Empty(CatalogCheck.RoundTripFindings(StreamCatalog.All, s => EventSamples.Full(s.EventType)));

    [Fact]
    public void The_audits_21_streams_are_there_and_no_other_public_one() => Assert.Equal(
        [
            "market_data", "market.tick", "market.klines", "exchange.raw", "exchange.normalized",
            "ai.signal_generated", "ai.decision.made",
            "trade.intent", "execution.result", "trade.closed", "sizing.decided",
            "portfolio.snapshot_updated", "portfolio.exposure_updated",
            "policy.updated", "meta.regime",
            "rl_v3.training.started", "rl_v3.training.completed", "learning.retraining.started",
            "learning.retraining.completed", "learning.retraining.failed", "model.retrain",
        ],
        StreamCatalog.All.Where(s => !s.IsInternal).Select(s => s.Name));

    [Fact]
    public void Keys_and_groups_are_the_audits()
    {
        Assert.Equal("quantum:stream:trade.intent", StreamCatalog.TradeIntent.Key);
        Assert.Equal("quantum:dlq:trade.intent", StreamCatalog.TradeIntent.DeadLetterKey);
        var consumer = Assert.Single(StreamCatalog.TradeIntent.Consumers);
        Assert.Equal("executor", consumer.Role);
        Assert.Equal("quantum:group:execution:trade.intent", consumer.Group);
    }

    [Fact]
    public void Streams_are_found_by_name_and_by_role()
    {
        Assert.Same(StreamCatalog.TradeClosed, StreamCatalog.Find("trade.closed"));
        Assert.Null(StreamCatalog.Find("trade.closed.v2"));
        Assert.Contains(StreamCatalog.TradeIntent, StreamCatalog.ReadBy(RoleNames.Executor));
        Assert.Contains(StreamCatalog.ExecutionResult, StreamCatalog.WrittenBy(RoleNames.Executor));
        Assert.Equal("executor", ServiceHosts.Of(RoleNames.Executor).Name);
        Assert.Contains("'ghost'", Assert.Throws<KeyNotFoundException>(() => ServiceHosts.Of("ghost")).Message);
    }

    [Fact]
    public void Only_tail_streams_are_trimmed_by_length()
    {
        foreach (var stream in StreamCatalog.All)
        {
            Assert.Equal(stream.IsTail, stream.Retention.MaxLength is not null);
            Assert.Equal(stream.IsTail, stream.Retention.MinAge is null);
            Assert.True(stream.LagObjective > TimeSpan.Zero);
        }
    }

    [Theory]
    [InlineData(TradingMode.Sim, RoleNames.Venue, RoleNames.SimVenue)]
    [InlineData(TradingMode.Paper, RoleNames.SimVenue, RoleNames.Venue)]
    [InlineData(TradingMode.Testnet, RoleNames.Venue, RoleNames.SimVenue)]
    [InlineData(TradingMode.Demo, RoleNames.Venue, RoleNames.SimVenue)]
    [InlineData(TradingMode.Live, RoleNames.Venue, RoleNames.SimVenue)]
    public void One_venue_answers_in_each_mode(TradingMode mode, string active, string silent)
    {
        Assert.True(RoleNames.IsActiveIn(active, mode));
        Assert.False(RoleNames.IsActiveIn(silent, mode));
    }
}
