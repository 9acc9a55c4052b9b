using System.Collections.Frozen;

namespace Quantum.Venue.Wire;

/// <summary>Every address that the venue answers, filled before it starts.</summary>
public sealed class RouteTable
{
    private readonly Dictionary<(string Method, string Path), Route> _routes = [];
    private readonly Dictionary<string, Route> _methods = new(StringComparer.Ordinal);
    private FrozenDictionary<(string, string), Route>? _frozen;

    /// <summary>Adds an address; with a name, the WebSocket API's method of that name leads to it.</summary>
    public void Add(Route route, string? socketMethod = null)
    {
        ArgumentNullException.ThrowIfNull(route);
        _routes.Add((route.Method, route.Path), route);
        if (socketMethod is not null) _methods.Add(socketMethod, route);
    }

    /// <summary>An address that needs no key.</summary>
    public void AddPublic(string path, int weight, CallHandler handle, string? socketMethod = null) =>
        AddPublic(path, _ => weight, handle, socketMethod);

    /// <summary>An address that needs no key, whose weight hangs on its parameters.</summary>
    public void AddPublic(
        string path, Func<Parameters, int> weight, CallHandler handle, string? socketMethod = null) =>
        Add(new Route("GET", path, RouteSecurity.Public, weight, handle), socketMethod);

    public Route? Find(string method, string path) =>
        (_frozen ??= _routes.ToFrozenDictionary()).GetValueOrDefault((method, path));

    /// <summary>By a method of the WebSocket API, <c>order.place</c>.</summary>
    public Route? FindMethod(string socketMethod) => _methods.GetValueOrDefault(socketMethod);
}
