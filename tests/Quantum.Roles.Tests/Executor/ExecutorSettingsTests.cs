using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Roles.Executor;
using Quantum.Roles.Venue;

namespace Quantum.Roles.Tests.Executor;

public class ExecutorSettingsTests
{
    private static readonly ExecutorSettings Good =
        ExecutorSettings.For(TradingMode.Paper, isTape: false, TestBook.All);

    [Fact]
    public void The_real_time_limits_are_the_catalogs()
    {
        Assert.Equal(StreamCatalog.TradeIntent.FreshnessLimit, TimeSpan.FromMilliseconds(Good.MaxIntentAgeMs));
        Assert.Equal(StreamCatalog.MarketTick.FreshnessLimit, TimeSpan.FromMilliseconds(Good.MaxMarketAgeMs));
        Assert.Equal(StreamCatalog.PortfolioExposure.FreshnessLimit, TimeSpan.FromMilliseconds(Good.MaxExposureAgeMs));
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
            "MaxIntentAgeMs" => Good with { MaxIntentAgeMs = 0 },
            "FutureToleranceMs" => Good with { FutureToleranceMs = -1 },
            "GiveUpAfterMs" => Good with { GiveUpAfterMs = Good.AnswerTimeoutMs },
            "MaxAttempts" => Good with { MaxAttempts = 0 },
            "MarginBufferFraction" => Good with { MarginBufferFraction = 2 },
            _ => Good with { MaxStopFraction = 0.6 },
        };
        var error = Assert.Throws<ArgumentException>(() => new ExecutorRole(wrong));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_roles_read_what_the_catalog_says()
    {
        AssertReads(new ExecutorRole(Good));
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
