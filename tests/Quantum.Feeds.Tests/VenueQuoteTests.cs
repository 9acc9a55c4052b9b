using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.EventLog;
using Quantum.EventLog.Runner;
using Quantum.Exchanges;
using Quantum.Exchanges.Tests.Quotes;
using Quantum.Hosting;
using Quantum.InProcess;
using Quantum.Market;
using Quantum.Market.Publishing;
using Quantum.Roles.Market;
using Quantum.Testing;

namespace Quantum.Feeds.Tests;

/// <summary>From two venues' sockets through the live publisher and the normalizer: what the venues agree on.</summary>
public sealed class VenueQuoteTests
{
    private static readonly Symbol s_btc = Symbol.Parse("BTCUSDT");

    [Fact]
    public async Task A_venue_that_is_away_only_lowers_the_count_of_venues()
    {
        await using var bybit = await VenueStub.StartAsync(VenueFrames.Bybit("BTCUSDT"));
        await using var okx = await VenueStub.StartAsync(VenueFrames.Okx("BTC-USDT-SWAP"));
        await using var market = await LiveMarket.StartAsync(bybit.Address, okx.Address);
        Eventually.True(() => bybit.Received.Count > 0 && okx.Received.Count > 0);
        var atMs = market.NowMs - 60_000;
        var own = new ExchangeRaw
        {
            Exchange = "binance", Symbol = s_btc, BidPrice = 99, AskPrice = 101, FundingRate = 0.0001,
        };
        // A reader of a tail stream sees what comes once it reads.
        Eventually.True(() =>
        {
            market.Publisher.Quote(atMs, own);
            return market.HasAny;
        });
        await bybit.SendAsync(VenueFrames.BybitSnapshot("BTCUSDT", atMs + 1, "100", "102", "0.0002", "4"));
        market.WaitFor(quote => quote is { VenueCount: 2 });
        await okx.SendAsync(VenueFrames.OkxTicker("BTC-USDT-SWAP", atMs + 2, "98", "100"));
        var all = market.WaitFor(quote => quote is { VenueCount: 3 });
        Assert.Equal(100m, all.MidPrice);
        Assert.Equal(0.02, all.ExchangeDivergence!.Value, 9);
        Assert.Equal(0.0003, all.FundingSpreadFraction!.Value, 9);
        await bybit.DisposeAsync();
        // Eleven seconds later only one venue still quotes, and the market goes on.
        await okx.SendAsync(VenueFrames.OkxTicker("BTC-USDT-SWAP", atMs + 11_000, "97", "99"));
        var one = market.WaitFor(quote => quote is { VenueCount: 1, MidPrice: 98 });
        Assert.Null(one.ExchangeDivergence);
        Assert.Equal(1, okx.Connections);
    }

    [Fact]
    public async Task A_quote_ahead_of_our_clock_is_one_of_now_and_none_is_told_while_the_market_stands_still()
    {
        await using var bybit = await VenueStub.StartAsync(VenueFrames.Bybit("BTCUSDT"));
        await using var okx = await VenueStub.StartAsync(VenueFrames.Okx("BTC-USDT-SWAP"));
        await using var market = await LiveMarket.StartAsync(bybit.Address, okx.Address, pingEveryMs: 300);
        Eventually.True(() => bybit.Received.Count > 0);
        market.Pause();
        await bybit.SendAsync(VenueFrames.BybitSnapshot("BTCUSDT", market.NowMs, "1", "2"));
        // Between two pings everything is read that has come.
        var pings = Pings();
        Eventually.True(() => Pings() >= pings + 2);
        market.GoOn();
        Eventually.True(() =>
        {
            var ahead = VenueFrames.BybitSnapshot("BTCUSDT", market.NowMs + 3_600_000, "10", "12");
            bybit.SendAsync(ahead).GetAwaiter().GetResult();
            return market.HasAny;
        });
        Assert.Equal(11m, market.WaitFor(_ => true).MidPrice);
        Assert.True(market.LastAtMs <= market.NowMs);

        int Pings() => bybit.Received.Count(frame => frame.Contains("ping", StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_that_cannot_be_are_one_line()
    {
        AssertFault("Quotes:Venues holds 'kraken'", new QuoteOptions { Venues = "bybit,kraken" });
        AssertFault("Quotes:OkxAddress is 'http://x'", new QuoteOptions { OkxAddress = "http://x" });
        AssertFault("Quotes:BybitAddress is 'x'", new QuoteOptions { BybitAddress = "x" });
        Assert.Empty(QuoteVenues.Read(new QuoteOptions { Venues = "" }));
        Assert.Equal(
            ["bybit", "okx"],
            QuoteVenues.Read(new QuoteOptions()).Select(make => make(NullLoggerFactory.Instance).Name));

        static void AssertFault(string words, QuoteOptions options) => Assert.Contains(
            words, Assert.Throws<StartupException>(() => QuoteVenues.Read(options)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("live", "testnet", "mode live and the market of binance testnet do not go together")]
    [InlineData("paper", "custom", "is custom, which is a system on this machine")]
    public void A_market_that_is_not_the_modes_is_one_line_before_anything_starts(
        string mode, string environment, string expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:redis"] = "127.0.0.1:1", ["Quantum:Mode"] = mode,
            ["Binance:Environment"] = environment,
        }).Build();
        var fault = Assert.Throws<StartupException>(
            () => Quantum.Market.LiveMarket.Settings(
                configuration, QuantumOptions.From(configuration).Mode));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    /// <summary>The market service's quotes and the normalizer, over a log in memory.</summary>
    private sealed class LiveMarket : IAsyncDisposable
    {
        private readonly MemoryEventLog _log = new();
        private readonly FakeMarketLog _store = new();
        private readonly FeedSwitch _switch = new();
        private readonly RoleRunner _runner;
        private readonly VenueQuoteService _service;
        private readonly IDisposable _attached;

        private LiveMarket(Uri bybit, Uri okx, int pingEveryMs)
        {
            var role = new ExchangeNormalizerRole();
            _runner = new RoleRunner(
                _log, role, new RoleSeat(role.Name, 0), new RunnerSettings { Mode = TradingMode.Paper }, "test");
            _runner.Start();
            var writer = new MarketWriter(
                _log, _store, TradingMode.Paper, false, NullLogger.Instance, CancellationToken.None);
            Publisher = new LivePublisher(
                writer, _store, TimeProvider.System,
                new FeedProgress(NullLogger.Instance, TimeProvider.System, null, null), _switch,
                new FeedPosition { Feed = "x" }, CancellationToken.None);
            var relay = new QuoteRelay();
            var options = new QuoteOptions
            {
                BybitAddress = bybit.ToString(), OkxAddress = okx.ToString(), PingEveryMs = pingEveryMs,
            };
            _service = new VenueQuoteService(
                relay, [.. QuoteVenues.Read(options).Select(make => make(NullLoggerFactory.Instance))],
                NullLogger<VenueQuoteService>.Instance);
            _attached = relay.Attach(Publisher, [s_btc]);
        }

        public LivePublisher Publisher { get; }

        public long NowMs => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

        /// <summary>True once the venues agree on anything.</summary>
        public bool HasAny => All().Count > 0;

        /// <summary>The time of the newest event of the stream, UTC epoch ms.</summary>
        public long LastAtMs { get; private set; }

        public static async Task<LiveMarket> StartAsync(Uri bybit, Uri okx, int pingEveryMs = 10_000)
        {
            var market = new LiveMarket(bybit, okx, pingEveryMs);
            await market._service.StartAsync(CancellationToken.None);
            return market;
        }

        public void Pause() => _switch.Take(new FeedPause("anna", "a look", 1), _store);

        public void GoOn() => _switch.Take(null, _store);

        /// <summary>Waits for what the venues agree on.</summary>
        public ExchangeNormalized WaitFor(Func<ExchangeNormalized, bool> isIt)
        {
            var found = Array.Empty<ExchangeNormalized>();
            Eventually.True(() => (found = [.. All().Where(isIt)]).Length > 0);
            return found[^1];
        }

        public async ValueTask DisposeAsync()
        {
            await _service.StopAsync(CancellationToken.None);
            _service.Dispose();
            _attached.Dispose();
            Publisher.Dispose();
            _runner.Dispose();
            _switch.Dispose();
            _log.Dispose();
            _store.Dispose();
        }

        private List<ExchangeNormalized> All()
        {
            var all = new List<ExchangeNormalized>();
            foreach (var (id, entry) in _log.Entries(StreamCatalog.ExchangeNormalized.Key))
            {
                Assert.True(StreamCatalog.ExchangeNormalized.TryDecode(
                    entry.Fields, id, out var envelope, out var payload, out var fault), fault.ToString());
                LastAtMs = envelope.AtMs;
                all.Add(payload);
            }

            return all;
        }
    }
}
