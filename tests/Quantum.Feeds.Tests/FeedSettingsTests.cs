using Microsoft.Extensions.Configuration;
using Quantum.Feeds;
using Quantum.Hosting;

namespace Quantum.Feeds.Tests;

public sealed class FeedSettingsTests
{
    [Fact]
    public void Nothing_set_is_a_generated_market_in_real_time()
    {
        var settings = Read();
        Assert.Equal((FeedKind.Generated, 1.0, false), (settings.Kind, settings.Speed, settings.IsTape));
    }

    [Fact]
    public void A_path_is_a_tape_and_every_setting_is_read()
    {
        var settings = Read(
            "Path=/x", "Symbols=btcusdt, ETHUSDT", "Interval=15m", "Columns=time=Date,open=First", "Speed=max",
                "Seed=7", "HistoryCandles=3", "From=2025-12-05",
            "To=2025-12-06 12:00:00", "Days=1.5", "ExitAtEnd=true");
        Assert.Equal(
            (FeedKind.Recorded, "/x", true, true), (settings.Kind, settings.Path, settings.IsTape, settings.ExitAtEnd));
        Assert.Equal(["BTCUSDT", "ETHUSDT"], settings.Symbols.Select(symbol => symbol.Name));
        Assert.Null(settings.Speed);
        Assert.Equal((900_000L, "open=First,time=Date"), (settings.IntervalMs, settings.Columns?.ToString()));
        Assert.Equal((7UL, 3, 1.5), (settings.Seed, settings.HistoryCandles, settings.Days));
        Assert.Equal((TapeFolder.StartMs, TapeFolder.StartMs + 36 * 3_600_000), (settings.FromMs, settings.ToMs));
    }

    [Theory]
    [InlineData("Speed=2", true)]
    [InlineData("Speed=max", true)]
    [InlineData("Speed=1", false)]
    public void A_generated_market_at_another_speed_is_a_tape(string speed, bool isTape) =>
        Assert.Equal(isTape, Read(speed).IsTape);

    [Fact]
    public void A_live_market_is_no_tape()
    {
        var settings = Read("Kind=binance", "Symbols=BTCUSDT");
        Assert.Equal((FeedKind.Binance, false), (settings.Kind, settings.IsTape));
    }

    [Theory]
    [InlineData("Kind=binance", "--symbols (Feed:Symbols) is missing")]
    [InlineData("Kind=binance;Symbols=BTCUSDT;Speed=2", "--speed (Feed:Speed) is for a recording")]
    [InlineData("Kind=binance;Symbols=BTCUSDT;Path=/x", "--data (Feed:Path) is for a recording")]
    [InlineData("Kind=binance;Symbols=BTCUSDT;Days=2", "Feed:Days is for a recording")]
    [InlineData("Kind=binance;Symbols=BTCUSDT;ExitAtEnd=true", "Feed:ExitAtEnd is for a recording")]
    [InlineData("Kind=live", "--feed (Feed:Kind) is 'live'")]
    [InlineData("Kind=recorded", "--data (Feed:Path) is missing")]
    [InlineData("Kind=generated;Path=/x", "--data (Feed:Path) is '/x'")]
    [InlineData("Speed=fast", "--speed (Feed:Speed) is 'fast'")]
    [InlineData("Speed=0", "--speed (Feed:Speed) is '0'")]
    [InlineData("Speed=NaN", "--speed (Feed:Speed) is 'NaN'")]
    [InlineData("Spede=1", "Feed:Spede is no setting")]
    [InlineData("Seed=-1", "--seed (Feed:Seed) is '-1'")]
    [InlineData("HistoryCandles=-1", "Feed:HistoryCandles is -1")]
    [InlineData("HistoryCandles=many", "Feed:HistoryCandles is 'many'")]
    [InlineData("From=soon", "--from (Feed:From) is 'soon'")]
    [InlineData("From=2025-12-06;To=2025-12-05", "--from (Feed:From) is not before --to (Feed:To)")]
    [InlineData("From=1999-01-01", "no time between 2009 and 2100")]
    [InlineData("Path=/x;Interval=7m", "--interval (Feed:Interval) is '7m'")]
    [InlineData("Path=/x;Interval=1w", "--interval (Feed:Interval) is '1w'")]
    [InlineData("Interval=5m", "a generated market has 1m candles")]
    [InlineData("Edge=11", "--edge (Feed:Edge) is 11: set it to 0 to 10")]
    [InlineData("Edge=much", "--edge (Feed:Edge) is 'much'")]
    [InlineData("Path=/x;Columns=Date", "--columns (Feed:Columns) holds 'Date'")]
    [InlineData("Path=/x;Columns=when=Date", "--columns (Feed:Columns) holds 'when=Date'")]
    [InlineData("Days=0", "Feed:Days is 0")]
    [InlineData("Symbols=BTC-USDT", "'BTC-USDT'")]
    [InlineData("Symbols=PEPEUSDT", "has no PEPEUSDT")]
    [InlineData("ExitAtEnd=maybe", "Feed:ExitAtEnd is 'maybe'")]
    public void A_wrong_value_is_one_line_that_names_it(string text, string named)
    {
        var error = Record.Exception(() => Read(text.Split(';')))!;
        Assert.True(error is FeedException or StartupException, $"{error}");
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static FeedSettings Read(params string[] settings) => FeedSettings.Of(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => setting.Split('=', 2))
            .Select(pair => KeyValuePair.Create("Feed:" + pair[0], (string?)pair[1])))
        .Build().SettingsOf<FeedOptions>());
}
