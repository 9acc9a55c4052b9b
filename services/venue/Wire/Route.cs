namespace Quantum.Venue.Wire;

/// <summary>Handles a request on the loop's thread: writes the body and returns null, or returns the refusal.</summary>
public delegate VenueError? CallHandler(Call call);

/// <summary>What a request must carry.</summary>
public enum RouteSecurity { Public, Key, Signed }

/// <summary>One address of the REST interface; the WebSocket API's methods lead to the same ones.</summary>
/// <param name="Method">GET, POST, PUT or DELETE.</param>
/// <param name="Path">For example <c>/fapi/v1/order</c>.</param>
/// <param name="Security">What a request must carry.</param>
/// <param name="Weight">What it counts before it is handled, from its parameters.</param>
/// <param name="Orders">How many orders it counts as; null: it orders nothing.</param>
public sealed record Route(
    string Method, string Path, RouteSecurity Security, Func<Parameters, int> Weight, CallHandler Handle,
    int? Orders = null)
{
    /// <summary>Method and path: what faults name it by.</summary>
    public string Name { get; } = $"{Method} {Path}";
}
