using System.Text.Json;

namespace Quantum.Venue.Wire;

/// <summary>
/// One request, over REST or the WebSocket API, while it is handled on the loop's thread. A handler writes the body
/// into <see cref="Json"/> and returns null, or returns the refusal.
/// </summary>
public sealed class Call(Parameters parameters, long atMs, Utf8JsonWriter json)
{
    public Parameters Parameters { get; } = parameters;

    /// <summary>The venue's time, UTC epoch ms.</summary>
    public long AtMs { get; } = atMs;

    /// <summary>Where the reply's body goes.</summary>
    public Utf8JsonWriter Json { get; } = json;

    /// <summary>Weight of the request where it depends on its parameters; the route's when null.</summary>
    public int? Weight { get; set; }
}
