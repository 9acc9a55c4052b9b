using System.Net.Http.Json;
using System.Text.Json;

namespace Quantum.Bench.Orders;

/// <summary>The venue's admin interface: faults, disconnections and the truth, past all faults.</summary>
internal sealed class VenueAdmin(Uri rest) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = rest, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Orders a fault.</summary>
    public void Order(IReadOnlyDictionary<string, object> fault) => Send(HttpMethod.Post, "/admin/faults", fault);

    /// <summary>Ends every fault; what they struck is forgotten with them.</summary>
    public void EndFaults() => Send(HttpMethod.Delete, "/admin/faults", null);

    /// <summary>Cuts the sockets that hear the venue's streams.</summary>
    public void Disconnect(IReadOnlyDictionary<string, object> whom) =>
        Send(HttpMethod.Post, "/admin/disconnect", whom);

    /// <summary>Everything that the venue knows of the account.</summary>
    public VenueTruth Truth() => VenueTruth.Of(Send(HttpMethod.Get, "/admin/state", null));

    /// <summary>Orders that live and wait, and positions.</summary>
    public VenueTruth Live() => VenueTruth.Of(Send(HttpMethod.Get, "/admin/state?live=true", null));

    /// <summary>The key of the one account.</summary>
    public string Key() => Send(HttpMethod.Get, "/admin/accounts", null)[0].GetString()!;

    public void Dispose() => _http.Dispose();

    private JsonElement Send(HttpMethod method, string path, IReadOnlyDictionary<string, object>? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null) request.Content = JsonContent.Create(body);
        try
        {
            using var response = _http.Send(request);
            using var stream = response.Content.ReadAsStream();
            using var document = JsonDocument.Parse(stream);
            return response.IsSuccessStatusCode
                ? document.RootElement.Clone()
                : throw new InvalidOperationException(
                    $"the venue refused {method} {path}: {document.RootElement.GetRawText()}");
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException or JsonException)
        {
            throw new InvalidOperationException($"the venue did not answer {method} {path}: {fault.Message}", fault);
        }
    }
}
