namespace Binance.Net.Clients.Rest;

/// <summary>A request's kind: its path below the base address, its weight by IP and whether it is signed.</summary>
internal sealed record Endpoint(HttpMethod Method, string Path, int Weight, bool Signed = true)
{
    public static Endpoint Public(string path, int weight) => new(HttpMethod.Get, path, weight, false);

    public static Endpoint Get(string path, int weight) => new(HttpMethod.Get, path, weight);

    public static Endpoint Post(string path, int weight) => new(HttpMethod.Post, path, weight);

    public static Endpoint Delete(string path, int weight) => new(HttpMethod.Delete, path, weight);
}
