using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Binance.Net;
using Binance.Net.Clients;
using Binance.Net.Objects.Options;
using CryptoExchange.Net.Objects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Quantum.Exchanges.Tests.Standin;

/// <summary>A venue of the test's own on this machine: it notes what comes and says what the test wants.</summary>
internal sealed class Venue : IAsyncDisposable
{
    public const string Key = "the-key";
    public const string Secret = "the-secret";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<SeenRequest> _requests = [];
    private readonly ConcurrentQueue<VenueSocket> _sockets = [];
    private readonly CancellationTokenSource _end = new();
    private bool _isEnded;

    private Venue()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Run(ServeAsync);
    }

    /// <summary>What is said to requests but those of the time.</summary>
    public Func<SeenRequest, Answer> Answers { get; set; } = _ => "{}";

    /// <summary>How far the venue's clock runs ahead.</summary>
    public TimeSpan Ahead { get; set; }

    /// <summary>What is said to requests of websockets; null says nothing.</summary>
    public Func<JsonElement, string?> Replies { get; set; } = Accepted;

    public IReadOnlyList<SeenRequest> Requests => [.. _requests];

    /// <summary>The requests but those of the time.</summary>
    public IReadOnlyList<SeenRequest> Calls => [.. _requests.Where(request => request.Path != "/fapi/v1/time")];

    public IReadOnlyList<VenueSocket> Sockets => [.. _sockets];

    private string Address => _app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    private BinanceEnvironment Environment => BinanceEnvironment.CreateCustom(
        "test", Address, Stream, Stream, null, Address, Stream, Stream, null, null, null);

    private string Stream => Address.Replace("http", "ws", StringComparison.Ordinal);

    public static async Task<Venue> StartAsync()
    {
        var venue = new Venue();
        await venue._app.StartAsync();
        // A venue before may have had this port, and its 429 pauses the address.
        global::Binance.Net.Clients.Rest.WeightGate.Of(new Uri(venue.Address)).Pause(DateTime.UnixEpoch);
        return venue;
    }

    public static string? Accepted(JsonElement request) => $$"""{"result":null,"id":{{request.GetProperty("id")}}}""";

    public BinanceRestClient RestClient(Action<BinanceRestOptions>? configure = null) => new(options =>
    {
        options.Environment = Environment;
        options.ApiCredentials = new(Key, Secret);
        options.RateLimitingBehaviour = RateLimitingBehaviour.Fail;
        configure?.Invoke(options);
    });

    public BinanceSocketClient SocketClient(Action<BinanceSocketOptions>? configure = null) => new(options =>
    {
        options.Environment = Environment;
        options.ReconnectInterval = TimeSpan.FromMilliseconds(50);
        configure?.Invoke(options);
    });

    public async ValueTask DisposeAsync()
    {
        if (_isEnded) return;
        _isEnded = true;
        await _end.CancelAsync();
        foreach (var socket in Sockets) socket.Abort();
        await _app.DisposeAsync();
        _end.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        if (context.WebSockets.IsWebSocketRequest)
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var served = new VenueSocket(context.Request.Path, socket, context.Abort);
            _sockets.Enqueue(served);
            await served.ServeAsync(request => Replies(request));
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        var request = new SeenRequest(
            context.Request.Method,
            context.Request.Path,
            context.Request.QueryString.Value!.TrimStart('?'),
            await reader.ReadToEndAsync(),
            context.Request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        _requests.Enqueue(request);
        await AnswerAsync(context, request.Path == "/fapi/v1/time" ? Time() : Answers(request));
    }

    private string Time() => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"serverTime":{{(long)(DateTime.UtcNow + Ahead - DateTime.UnixEpoch).TotalMilliseconds}}}""");

    private async Task AnswerAsync(HttpContext context, Answer answer)
    {
        if (answer == Answer.Broken)
        {
            context.Abort();
            return;
        }

        if (answer == Answer.Silent)
        {
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _end.Token);
            await Task.Delay(Timeout.Infinite, gone.Token) // not a wait: the reply never comes
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers) context.Response.Headers[name] = value;
        await context.Response.WriteAsync(answer.Body);
    }
}
