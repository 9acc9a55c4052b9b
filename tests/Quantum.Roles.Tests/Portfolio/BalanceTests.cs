using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Portfolio;

namespace Quantum.Roles.Tests.Portfolio;

/// <summary>The venue's cash is the account's, and what it has more or less is seen for what it is.</summary>
public sealed class BalanceTests
{
    private const long Start = 1_764_800_000_000;

    private readonly RoleBench _bench = new(() => new PortfolioRole());
    private long _atMs = Start;

    [Fact]
    public void The_first_word_stands_for_the_start_balance_and_is_no_loss()
    {
        _bench.Clock(Start);
        var snapshot = Told(2_500);
        Assert.Equal((2_500m, 0d, 0d),
            (snapshot.TotalEquityUsd, snapshot.DrawdownFraction, snapshot.DailyDrawdownFraction));
        Assert.False(_bench.Counts.ContainsKey("portfolio/balance_adjusted"));
    }

    [Fact]
    public void A_deposit_is_no_profit_and_hides_no_loss()
    {
        Told(1_000);
        Told(900);
        var snapshot = Told(1_900);
        Assert.Equal(1_900m, snapshot.TotalEquityUsd);
        Assert.Equal(100 / 2_000d, snapshot.DrawdownFraction, 12);
        Assert.Equal(100 / 2_000d, snapshot.DailyDrawdownFraction, 12);
        Assert.Equal(2, _bench.Counts["portfolio/balance_adjusted"]);
    }

    [Fact]
    public void What_the_venue_has_less_counts_as_lost()
    {
        Told(1_000);
        var snapshot = Told(950);
        Assert.Equal((0.05, 0.05), (snapshot.DrawdownFraction, snapshot.DailyDrawdownFraction));
    }

    [Fact]
    public void A_difference_below_a_cent_is_taken_over_without_a_word()
    {
        Told(1_000);
        Assert.Empty(Send(1_000.009m).Of(StreamCatalog.PortfolioSnapshot));
        Assert.False(_bench.Counts.ContainsKey("portfolio/balance_adjusted"));
    }

    [Theory]
    [InlineData(-40)]
    [InlineData(40)]
    public void A_correction_that_the_next_one_takes_back_counts_for_nothing(decimal wrongUsd)
    {
        Told(1_000);
        Assert.Equal(1, Told(1_000 + wrongUsd).AdjustmentsToday);
        var snapshot = Told(1_000);
        Assert.Equal((1_000m, 0d, 0d, 0), (snapshot.TotalEquityUsd, snapshot.DrawdownFraction,
            snapshot.DailyDrawdownFraction, snapshot.AdjustmentsToday));
        Assert.Equal(1, _bench.Counts["portfolio/balance_adjusted"]);
        Assert.Equal(1, _bench.Counts["portfolio/balance_restored"]);
        // The same once more is news again.
        Assert.Equal(1, Told(1_000 + wrongUsd).AdjustmentsToday);
    }

    [Fact]
    public void A_cent_counts_and_what_comes_back_a_cent_beside_is_another_word()
    {
        Told(1_000);
        Told(1_000.01m);
        Assert.Equal(1, _bench.Counts["portfolio/balance_adjusted"]);
        Told(960.01m);
        Told(1_000.02m);
        Assert.Equal(3, _bench.Counts["portfolio/balance_adjusted"]);
        Assert.False(_bench.Counts.ContainsKey("portfolio/balance_restored"));
    }

    [Fact]
    public void An_account_without_anything_has_lost_nothing_yet() =>
        Assert.Equal((0d, 0d), (Told(0).DrawdownFraction, Told(0.01m).DailyDrawdownFraction));

    private PortfolioSnapshot Told(decimal walletUsd) =>
        Assert.Single(Send(walletUsd).Of(StreamCatalog.PortfolioSnapshot));

    private RecordingOutbox Send(decimal walletUsd) => _bench.Send(
        StreamCatalog.ExecutionResult,
        new ExecutionResult
        {
            Kind = ResultKind.Balance, Symbol = Symbol.Parse("BTCUSDT"), Outcome = Outcome.Applied,
            ReasonCode = "balance", ReduceOnly = true, FilledQuantity = 0, FeeUsd = 0, WalletUsd = walletUsd,
            Ilf = IlfContext.Unknown,
        },
        _atMs += 1_000);
}
