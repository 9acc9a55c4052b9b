using Quantum.Venue.Accounts;

namespace Quantum.Venue.Wire;

/// <summary>
/// One request, over REST or the WebSocket API, while it is handled on the loop's thread. A handler writes the body
/// into <see cref="Json"/> and returns null, or returns the refusal.
/// </summary>
public sealed class Call
{
    private readonly Account? _account;

    internal Call(Parameters parameters, long nowMs, long atMs, Utf8JsonWriter json, Account? account) =>
        (Parameters, NowMs, AtMs, Json, _account) = (parameters, nowMs, atMs, json, account);

    public Parameters Parameters { get; }

    /// <summary>The venue's time, UTC epoch ms.</summary>
    public long NowMs { get; }

    /// <summary>The venue's time as the sender is shown it, which a fault may shift, UTC epoch ms.</summary>
    public long AtMs { get; }

    /// <summary>Where the reply's body goes.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>Whose request it is; only of routes that ask for a key.</summary>
    internal Account Account => _account ?? throw new InvalidOperationException("the route asked for no key.");

    /// <summary>Writes a list as the whole body.</summary>
    internal VenueError? WriteAll<TRow>(IEnumerable<TRow> rows, Action<Utf8JsonWriter, Account, TRow> write)
    {
        Json.WriteStartArray();
        foreach (var row in rows) write(Json, Account, row);
        Json.WriteEndArray();
        return null;
    }

    /// <summary>The order whose end the reply waits for, and what then writes it; null: it waits for nothing.</summary>
    internal (Order Order, Action Write)? Awaits { get; set; }
}
