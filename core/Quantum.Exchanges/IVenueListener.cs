namespace Quantum.Exchanges;

/// <summary>Hears what a venue tells of an account; called one after the other.</summary>
public interface IVenueListener
{
    /// <summary>An order, a fill, funding, a liquidation, or where a position stands.</summary>
    void OnUpdate(in OrderUpdate update);

    /// <summary>
    /// The stream is up; what happened before is not told by it: read the account. <paramref name="why"/> says what
    /// came before: <c>start</c>, <c>reconnect</c>, <c>listen_key_expired</c>.
    /// </summary>
    void OnConnected(string why);

    /// <summary>The stream is lost: until it is up nothing is heard.</summary>
    void OnLost(string why);

    /// <summary>
    /// The venue told something that is not understood; it is shown and alarms, never taken for nothing.
    /// </summary>
    void OnUnreadable(string what, string payload);

    /// <summary>The venue told something that a person must know.</summary>
    void OnNotice(VenueNotice notice);
}
