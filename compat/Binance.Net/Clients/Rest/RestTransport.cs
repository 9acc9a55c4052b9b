using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Binance.Net.Clients.Rest;

/// <summary>Sends requests, signs those that want it, and reads the replies.</summary>
internal sealed class RestTransport : IDisposable
{
    public const string Exchange = "Binance";

    private const HttpStatusCode Banned = (HttpStatusCode)418;

    private static readonly Endpoint s_time = Endpoint.Public("fapi/v1/time", 1);

    private readonly HttpClient _client;
    private readonly bool _ownsClient;
    private readonly ServerClock? _clock;
    private readonly WeightGate? _gate;
    private readonly HMACCredential? _credential;
    private readonly string _address;
    private int _requests;

    public RestTransport(BinanceRestOptions options, HttpClient? client)
    {
        if (options is { RateLimiterEnabled: true, RateLimitingBehaviour: not RateLimitingBehaviour.Fail })
            throw new NotSupportedException("The stand-in of Binance.Net has RateLimitingBehaviour.Fail only.");
        Options = options;
        _address = options.Environment.UsdFuturesRestAddress?.TrimEnd('/')
            ?? throw new ArgumentException("The environment has no address of futures.", nameof(options));
        _credential = options.ApiCredentials?.HMAC;
        _ownsClient = client is null;
        _client = client ?? CreateClient(options);
        _gate = options.RateLimiterEnabled ? WeightGate.Of(new(_address)) : null;
        _clock = options.AutoTimestamp
            ? new(
                options.TimestampRecalculationInterval,
                () => GetServerTimeAsync(CancellationToken.None),
                () => Volatile.Read(ref _requests) == 1)
            : null;
    }

    public BinanceRestOptions Options { get; }

    public async Task<HttpResult<DateTime>> GetServerTimeAsync(CancellationToken ct)
    {
        var result = await SendAsync<BinanceCheckTime>(s_time, new(), ct).ConfigureAwait(false);
        return result.To(result.Data?.ServerTime ?? default);
    }

    public RequestParameters Windowed(RequestParameters parameters, long? receiveWindow) =>
        parameters.Add("recvWindow", receiveWindow ?? (long)Options.ReceiveWindow.TotalMilliseconds);

    /// <summary>A request of whose reply only the status matters.</summary>
    public async Task<HttpResult> SendAsync(Endpoint endpoint, RequestParameters parameters, CancellationToken ct) =>
        await SendAsync<NoContent>(endpoint, parameters, ct).ConfigureAwait(false);

    public async Task<HttpResult<T>> SendAsync<T>(Endpoint endpoint, RequestParameters parameters, CancellationToken ct)
    {
        if (endpoint.Signed && _credential is null) return new(Exchange, default, new NoApiCredentialsError());
        if (endpoint.Signed && _clock is not null) await _clock.SyncAsync().ConfigureAwait(false);
        if (_gate?.Enter(endpoint.Weight) is { } refused) return new(Exchange, default, refused);
        var (request, body) = CreateRequest(endpoint, parameters);
        using (request)
        {
            var result = await TryExchangeAsync<T>(request, ct).ConfigureAwait(false);
            // The failed request is not sent again; the next one measures first.
            if (result.Error?.ErrorType == ErrorType.InvalidTimestamp) _clock?.Forget();
            return result with
            {
                RequestMethod = request.Method,
                RequestUrl = request.RequestUri?.ToString(),
                RequestBody = body,
                RequestHeaders = request.Headers,
            };
        }
    }

    public void Dispose()
    {
        _clock?.Dispose();
        if (_ownsClient) _client.Dispose();
    }

    private static HttpClient CreateClient(BinanceRestOptions options) => new(new SocketsHttpHandler
    {
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        PooledConnectionLifetime = options.HttpPooledConnectionLifetime,
        PooledConnectionIdleTimeout = options.HttpPooledConnectionIdleTimeout,
        MaxConnectionsPerServer = options.HttpMaxConnectionsPerServer,
    })
    {
        Timeout = options.RequestTimeout,
    };

    private static HttpResult<T> Failed<T>(Error error, TimeSpan time) =>
        new(Exchange, default, error) { ResponseTime = time };

    private (HttpRequestMessage Request, string? Body) CreateRequest(Endpoint endpoint, RequestParameters parameters)
    {
        // What is read is asked for in the address, what is done is said in the body; deleting is doing.
        var isRead = endpoint.Method == HttpMethod.Get;
        if (endpoint.Signed) parameters.Add("timestamp", _clock?.Timestamp ?? DateTime.UtcNow.AddSeconds(-1));
        var text = isRead ? parameters.ToQuery() : parameters.ToForm();
        if (endpoint.Signed) text += $"&signature={Sign(text)}";
        var query = isRead && text.Length > 0 ? $"?{text}" : "";
        var request = new HttpRequestMessage(endpoint.Method, new Uri($"{_address}/{endpoint.Path}{query}"))
        {
            Version = Options.HttpVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.Accept.Add(new("application/json"));
        // Public requests carry the key, too.
        if (_credential is not null) request.Headers.Add("X-MBX-APIKEY", _credential.Key);
        if (!isRead) request.Content = new StringContent(text, Encoding.UTF8, "application/x-www-form-urlencoded");
        return (request, isRead ? null : text);
    }

    private string Sign(string text) =>
        Convert.ToHexString(HMACSHA256.HashData(_credential!.GetSBytes(), Encoding.UTF8.GetBytes(text)));

    private async Task<HttpResult<T>> TryExchangeAsync<T>(HttpRequestMessage request, CancellationToken ct)
    {
        var id = Interlocked.Increment(ref _requests);
        var start = Stopwatch.GetTimestamp();
        try
        {
            var result = await ExchangeAsync<T>(request, start, ct).ConfigureAwait(false);
            return result with { RequestId = id };
        }
        catch (HttpRequestException e)
        {
            return Failed<T>(new WebError(e.Message, e), Stopwatch.GetElapsedTime(start));
        }
        catch (OperationCanceledException e)
        {
            Error error = ct.IsCancellationRequested && e.CancellationToken == ct
                ? new CancellationRequestedError(e)
                : new WebError("no reply in time", e) { ErrorType = ErrorType.Timeout };
            return Failed<T>(error, Stopwatch.GetElapsedTime(start));
        }
    }

    private async Task<HttpResult<T>> ExchangeAsync<T>(HttpRequestMessage request, long start, CancellationToken ct)
    {
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct)
            .ConfigureAwait(false);
        var elapsed = Stopwatch.GetElapsedTime(start);
        var (data, error, original) = await ReadAsync<T>(response, ct).ConfigureAwait(false);
        return new(Exchange, data, error)
        {
            ResponseStatusCode = response.StatusCode,
            ResponseHeaders = response.Headers,
            HttpVersion = response.Version,
            ResponseLength = response.Content.Headers.ContentLength,
            ResponseTime = elapsed,
            OriginalData = original,
        };
    }

    private async Task<(T? Data, Error? Error, string? Original)> ReadAsync<T>(
        HttpResponseMessage response, CancellationToken ct)
    {
        if (!response.IsSuccessStatusCode)
        {
            var body = await response.Content.ReadAsByteArrayAsync(ct).ConfigureAwait(false);
            var refusal = response.StatusCode is HttpStatusCode.TooManyRequests or Banned
                ? Paused(RestErrors.ReadRateLimit(body, response.Headers))
                : RestErrors.Read(body);
            return (default, refusal, Options.OutputOriginalData ? Encoding.UTF8.GetString(body) : null);
        }

        if (typeof(T) == typeof(NoContent)) return (default, null, null);
        try
        {
            if (Options.OutputOriginalData)
            {
                var body = await response.Content.ReadAsByteArrayAsync(ct).ConfigureAwait(false);
                return (JsonSerializer.Deserialize<T>(body, Json.Options), null, Encoding.UTF8.GetString(body));
            }

            var stream = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
            var data = await JsonSerializer.DeserializeAsync<T>(stream, Json.Options, ct).ConfigureAwait(false);
            return (data, null, null);
        }
        // A reply that breaks off is unreadable, as the library has it, and no error of the network.
        catch (Exception e) when (e is JsonException or IOException or FormatException or InvalidOperationException)
        {
            return (default, new DeserializeError($"The reply is not readable: {e.Message}", e), null);
        }
    }

    private ServerRateLimitError Paused(ServerRateLimitError error)
    {
        if (error.RetryAfter is { } until) _gate?.Pause(until);
        return error;
    }

    private sealed record NoContent;
}
