using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Quantum.Venue.Tests.Accounts;

/// <summary>A reply of the venue, whatever its status.</summary>
internal sealed record VenueReply(HttpStatusCode Status, JsonElement Body, HttpResponseMessage Message)
{
    /// <summary>Binance's code; 0 when there is none.</summary>
    public int Code => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("code", out var code)
        && code.ValueKind == JsonValueKind.Number ? code.GetInt32() : 0;

    public string Text(string name) => Body.GetProperty(name).GetString()!;

    public decimal Number(string name) => decimal.Parse(
        Text(name), System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Signs requests as a client of Binance does.</summary>
internal sealed class SignedClient(Uri address, string key, string secret, ManualTime time) : IDisposable
{
    public const string Orders = "/fapi/v1/order";
    public const string Algos = "/fapi/v1/algoOrder";

    public HttpClient Http { get; } = new()
    {
        BaseAddress = address, DefaultRequestHeaders = { { "X-MBX-APIKEY", key } },
    };

    public Task<VenueReply> GetAsync(string path, string query = "") => SendAsync(HttpMethod.Get, path, query);

    public Task<VenueReply> PostAsync(string path, string body = "") => SendAsync(HttpMethod.Post, path, "", body);

    public Task<VenueReply> PutAsync(string path, string body = "") => SendAsync(HttpMethod.Put, path, "", body);

    public Task<VenueReply> DeleteAsync(string path, string query = "") => SendAsync(HttpMethod.Delete, path, query);

    /// <summary>A limit order of 0.01 BTC.</summary>
    public Task<VenueReply> LimitAsync(string clientId, string price, string quantity = "0.01", string side = "BUY") =>
        PostAsync(Orders, $"symbol=BTCUSDT&side={side}&type=LIMIT&timeInForce=GTC&quantity={quantity}&price={price}"
            + $"&newClientOrderId={clientId}");

    /// <summary>A market order in BTC.</summary>
    public Task<VenueReply> MarketAsync(string clientId, string quantity = "0.01", string side = "BUY") =>
        PostAsync(Orders, $"symbol=BTCUSDT&side={side}&type=MARKET&quantity={quantity}&newClientOrderId={clientId}");

    /// <summary>Sends with time and signature added to the body where there is one, else to the query.</summary>
    public async Task<VenueReply> SendAsync(
        HttpMethod method, string path, string query = "", string body = "", bool isSigned = true)
    {
        if (isSigned)
        {
            var stamp = $"timestamp={time.Ms}";
            if (body.Length > 0) body += "&" + stamp;
            else query = query.Length > 0 ? $"{query}&{stamp}" : stamp;
            var signature = "&signature=" + Sign(query + body);
            if (body.Length > 0) body += signature;
            else query += signature;
        }

        return await SendRawAsync(method, path, query, body);
    }

    /// <summary>Sends as it is.</summary>
    public async Task<VenueReply> SendRawAsync(HttpMethod method, string path, string query = "", string body = "")
    {
        using var request = new HttpRequestMessage(
            method, new Uri(query.Length > 0 ? $"{path}?{query}" : path, UriKind.Relative));
        if (body.Length > 0)
            request.Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
        var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (text.Length == 0 || text[0] == '<') return new VenueReply(response.StatusCode, default, response);
        using var document = JsonDocument.Parse(text);
        return new VenueReply(response.StatusCode, document.RootElement.Clone(), response);
    }

    public string Sign(string text) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));

    public void Dispose() => Http.Dispose();
}
