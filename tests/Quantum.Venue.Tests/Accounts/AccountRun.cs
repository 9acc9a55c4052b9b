using System.Net;
using System.Text.Json;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Instruments;
using Quantum.Roles.Symbols;
using Quantum.Roles.Venue;
using Quantum.Testing;
using Quantum.Venue.Engine;
using Quantum.Venue.Market;
using Quantum.Venue.Tests.Market;

namespace Quantum.Venue.Tests.Accounts;

/// <summary>The account side of the venue in this process, on a port and with a time of its own; tests are its market.
/// </summary>
internal sealed class AccountRun : IAsyncDisposable
{
    public const string Key = "Key1";
    public const string Secret = "Secret1";

    public static readonly Symbol Btc = Symbol.Parse("BTCUSDT");
    public static readonly Symbol Eth = Symbol.Parse("ETHUSDT");

    private readonly VenueServer _server;

    private AccountRun(VenueServer server, ManualTime time)
    {
        (_server, Time) = (server, time);
        Client = new SignedClient(server.Address, Key, Secret, time);
    }

    public ManualTime Time { get; }

    public SignedClient Client { get; }

    public VenueCore Core => _server.Core;

    public Uri Address => _server.Address;

    /// <param name="change">Changes the rules: no latency, no spread, no impact, leverage 10.</param>
    /// <param name="limit">Changes the options.</param>
    /// <param name="filter">Changes what is known of BTC.</param>
    public static async Task<AccountRun> StartAsync(
        Func<VenueSettings, VenueSettings>? change = null, Func<VenueOptions, VenueOptions>? limit = null,
        Func<SymbolFilters, SymbolFilters>? filter = null)
    {
        var (btc, eth) = (Of(Btc, 0.1m, 50, 1.05m), Of(Eth, 0.01m, 20, 1.05m));
        if (filter is not null) btc = btc with { Filters = filter(btc.Filters) };
        var book = new InstrumentBook("test", [btc, eth], true);
        var rules = new VenueSettings
        {
            Symbols = book.Filters, LatencyMs = 0, HalfSpreadFraction = 0, ImpactFraction = 0, MaxVolumeShare = 1,
            DefaultLeverage = 10,
        };
        var options = new VenueOptions { Url = "http://127.0.0.1:0", Key = Key, Secret = Secret };
        var time = new ManualTime();
        var core = new VenueCore(
            limit?.Invoke(options) ?? options, change?.Invoke(rules) ?? rules, book, time);
        SymbolMarket[] markets = [new(btc), new(eth)];
        var streams = new MarketStreams(core.Streams, markets, () => core.Clock.NowMs);
        new ExchangeRoutes(new MarketBoard(markets, streams, 0), core.Options, core.Rules).AddTo(core.Routes);
        return new AccountRun(await VenueServer.StartAsync(core, []), time);
    }

    /// <summary>A trade of the market that everybody hears before it returns.</summary>
    public void Tick(decimal price, decimal quantity = 1000, Symbol? symbol = null)
    {
        Core.Inlet.Tick(Time.Ms, new MarketTick
        {
            Symbol = symbol ?? Btc, Price = price, Quantity = quantity, BidPrice = price, AskPrice = price,
        });
        Core.Inlet.Step(Time.Ms);
    }

    /// <summary>A mark price, and a funding that falls due.</summary>
    public void Mark(decimal mark, double? fundingRate = null, long? nextFundingAtMs = null)
    {
        Core.Inlet.Data(Time.Ms, new MarketData
        {
            Symbol = Btc, LastPrice = mark, MarkPrice = mark, FundingRate = fundingRate,
            NextFundingAtMs = nextFundingAtMs,
        });
        Core.Inlet.Step(Time.Ms);
    }

    /// <summary>A socket of the account's user stream.</summary>
    public async Task<SocketClient> ListenAsync(string path = "/private/ws?listenKey=")
    {
        var socket = await SocketClient.ConnectAsync(Address, path + await ListenKeyAsync());
        // The venue subscribes after the socket is open.
        await Eventually.TrueAsync(IsHeardAsync);
        return socket;
    }

    /// <summary>The account's listen key, made when there is none.</summary>
    public async Task<string> ListenKeyAsync() =>
        (await Client.SendAsync(HttpMethod.Post, "/fapi/v1/listenKey", isSigned: false)).Text("listenKey");

    /// <summary>Whether anybody hears the account's user stream.</summary>
    public async Task<bool> IsHeardAsync()
    {
        var listenKey = await ListenKeyAsync();
        return await Core.Loop.Ask(() => Core.Streams.IsHeard(listenKey));
    }

    /// <summary>An address of the admin interface; its reply.</summary>
    public async Task<JsonElement> AdminAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
            request.Content = new StringContent(JsonSerializer.Serialize(body));
        using var response = await Client.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>Orders a fault.</summary>
    public Task FaultAsync(object fault) => AdminAsync(HttpMethod.Post, "/admin/faults", fault);

    /// <summary>How often the venue accepted an order of a client id.</summary>
    public async Task<int> AcceptedAsync(string clientId)
    {
        var state = await AdminAsync(HttpMethod.Get, "/admin/state");
        return state.GetProperty("accepted").TryGetProperty(clientId, out var times) ? times.GetInt32() : 0;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
    }

    private static Instrument Of(Symbol symbol, decimal tickSize, decimal minNotionalUsd, decimal up) => new()
    {
        AsOf = new DateOnly(2026, 1, 1),
        Filters = new SymbolFilters
        {
            Symbol = symbol, TickSize = tickSize, StepSize = 0.001m, MinQuantity = 0.001m, MaxQuantity = 1000,
            MaxMarketQuantity = 120, MinNotionalUsd = minNotionalUsd, PriceUpFactor = up, PriceDownFactor = 2 - up,
            Brackets = new LeverageBrackets(
                new LeverageBracket(300_000, 125, 0.004m), new LeverageBracket(1_000_000, 50, 0.01m),
                new LeverageBracket(10_000_000, 10, 0.05m)),
        },
    };
}
