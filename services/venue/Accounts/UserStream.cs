using Quantum.Venue.Faults;

namespace Quantum.Venue.Accounts;

/// <summary>
/// An account's listen key and what is told on it. A key lives as long as it is prolonged; a second request for one
/// gets the same. Faults may hold back, double or swap what is told.
/// </summary>
internal sealed class UserStream(StreamHub hub, FaultBook faults, long lifeMs)
{
    private byte[]? _heldBack;

    /// <summary>The key in force, or null.</summary>
    public string? ListenKey { get; private set; }

    /// <summary>When it dies, UTC epoch ms.</summary>
    public long ExpiresMs { get; private set; }

    /// <summary>Whether anybody listens.</summary>
    public bool IsHeard => ListenKey is { } key && hub.IsHeard(key);

    /// <summary>Prolongs the key, or makes one.</summary>
    public string Open(long atMs)
    {
        ListenKey ??= NewKey();
        ExpiresMs = atMs + lifeMs;
        return ListenKey;
    }

    /// <summary>Prolongs the key; false when there is none.</summary>
    public bool Prolong(long atMs)
    {
        if (ListenKey is null) return false;
        ExpiresMs = atMs + lifeMs;
        return true;
    }

    /// <summary>Forgets the key: those who listen hear nothing more.</summary>
    public void Close() => (ListenKey, _heldBack) = (null, null);

    public void Tell(byte[] json)
    {
        var fate = faults.FateOfEvent();
        if (fate == EventFate.Lost) return;
        if (fate == EventFate.Late && _heldBack is null)
        {
            _heldBack = json;
            return;
        }

        hub.Publish(ListenKey!, json);
        if (fate == EventFate.Double) hub.Publish(ListenKey!, json);
        Release();
    }

    /// <summary>Tells what was held back to come after a later event, when none came.</summary>
    public void Release()
    {
        if (_heldBack is not { } late) return;
        _heldBack = null;
        if (ListenKey is { } key) hub.Publish(key, late);
    }

    private static string NewKey() => string.Create(64, 0, (text, _) =>
    {
        const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        System.Security.Cryptography.RandomNumberGenerator.GetItems<char>(Letters, text);
    });
}
