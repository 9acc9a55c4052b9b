using System.Text;

namespace Binance.Net.Clients.Streams;

/// <summary>The routes of a connection's subscriptions; replaced as a whole when they change.</summary>
internal sealed class RouteTable
{
    private const int LongestOnStack = 256;

    private readonly Dictionary<string, StreamRoute[]> _routes;
    private readonly Dictionary<string, StreamRoute[]>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    public RouteTable(IEnumerable<StreamSubscription> subscriptions)
    {
        _routes = subscriptions.SelectMany(subscription => subscription.Routes)
            .GroupBy(route => route.Key, route => route.Value, StringComparer.Ordinal)
            .ToDictionary(routes => routes.Key, routes => routes.ToArray(), StringComparer.Ordinal);
        _bySpan = _routes.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Finds the routes of a stream or event and the name as the table holds it.</summary>
    public bool TryFind(ReadOnlySpan<byte> name, out string key, out StreamRoute[] routes)
    {
        Span<char> text = stackalloc char[LongestOnStack];
        if (!name.IsEmpty && Encoding.UTF8.TryGetChars(name, text, out var length))
            return _bySpan.TryGetValue(text[..length], out key!, out routes!);
        (key, routes) = ("", []);
        return false;
    }
}
