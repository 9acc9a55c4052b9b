using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Roles.Executor;
using Quantum.Roles.Venue;

namespace Quantum.Roles.Tests.Executor;

public class ExecutorSettingsTests
{
    private static readonly ExecutorSettings s_good =
        ExecutorSettings.For(TradingMode.Paper, isTape: false, TestBook.All);

    [Fact]
    public void The_real_time_limits_are_the_catalogs()
    {
        Assert.Equal(StreamCatalog.TradeIntent.FreshnessLimit, TimeSpan.FromMilliseconds(s_good.MaxIntentAgeMs));
        Assert.Equal(StreamCatalog.MarketTick.FreshnessLimit, TimeSpan.FromMilliseconds(s_good.MaxMarketAgeMs));
        Assert.Equal(
            StreamCatalog.PortfolioExposure.FreshnessLimit, TimeSpan.FromMilliseconds(s_good.MaxExposureAgeMs));
    }

    [Theory]
    [InlineData("MaxIntentAgeMs")]
    [InlineData("FutureToleranceMs")]
    [InlineData("GiveUpAfterMs")]
    [InlineData("MaxAttempts")]
    [InlineData("MarginBufferFraction")]
    [InlineData("MaxStopFraction")]
    public void An_impossible_setting_is_named(string name)
    {
        var wrong = name switch
        {
            "MaxIntentAgeMs" => s_good with { MaxIntentAgeMs = 0 },
            "FutureToleranceMs" => s_good with { FutureToleranceMs = -1 },
            "GiveUpAfterMs" => s_good with { GiveUpAfterMs = s_good.AnswerTimeoutMs },
            "MaxAttempts" => s_good with { MaxAttempts = 0 },
            "MarginBufferFraction" => s_good with { MarginBufferFraction = 2 },
            _ => s_good with { MaxStopFraction = 0.6 },
        };
        var error = Assert.Throws<ArgumentException>(() => new ExecutorRole(wrong));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_roles_read_what_the_catalog_says()
    {
        AssertReads(new ExecutorRole(s_good));
        AssertReads(new SimVenueRole(new VenueSettings { Symbols = TestBook.All }));
    }

    private static void AssertReads(Role role)
    {
        Assert.Equal(
            StreamCatalog.ReadBy(role.Name).Select(s => s.Name).Order(StringComparer.Ordinal),
            role.Subscriptions.Select(s => s.Stream.Name).Order(StringComparer.Ordinal));
        Assert.NotNull(role.ClockHandler);
    }
}
