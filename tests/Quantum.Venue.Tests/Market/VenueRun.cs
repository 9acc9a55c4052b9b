using System.Text.Json;
using Quantum.Feeds;
using Quantum.Instruments;
using Quantum.Roles.Venue;
using Quantum.Venue.Engine;
using Quantum.Venue.Market;

namespace Quantum.Venue.Tests.Market;

/// <summary>The whole venue in this process, on a port of its own, with a feed.</summary>
internal sealed class VenueRun : IAsyncDisposable
{
    private readonly VenueServer _server;

    private VenueRun(VenueServer server, MarketSide market)
    {
        (_server, Market) = (server, market);
        Http = new HttpClient { BaseAddress = server.Address };
    }

    public MarketSide Market { get; }

    public HttpClient Http { get; }

    public VenueCore Core => _server.Core;

    public Uri Address => _server.Address;

    public string Key => _server.Key;

    public string Secret => _server.Secret;

    /// <summary>Opens the doors; the market stands until <see cref="MarketSide.Play"/>.</summary>
    public static async Task<VenueRun> StartAsync(FeedSettings settings)
    {
        var rules = new VenueSettings { Symbols = InstrumentBook.BuiltIn.Filters };
        var core = new VenueCore(
            new VenueOptions { Url = "http://127.0.0.1:0" }, rules, InstrumentBook.BuiltIn, TimeProvider.System);
        var market = await MarketSide.OpenAsync(core, settings, _ => { }, TimeProvider.System);
        return new VenueRun(await VenueServer.StartAsync(core, []), market);
    }

    /// <summary>The body of an answer, whatever its status.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await Http.GetAsync(new Uri(path, UriKind.Relative));
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return body.RootElement.Clone();
    }

    /// <summary>A socket at an address such as <c>/public/ws</c>.</summary>
    public Task<SocketClient> ConnectAsync(string path) => SocketClient.ConnectAsync(Address, path);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Market.Dispose();
        await _server.DisposeAsync();
    }
}
