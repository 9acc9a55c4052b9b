namespace Quantum.Venue.Accounts;

/// <summary>A reply that waits until an order is done, or for as long as the venue waits.</summary>
internal sealed record Deferral(Order Order, long DueMs, Reply Reply, Action Write)
{
    /// <summary>Sends the reply when it is time; false when it still waits.</summary>
    public bool TryComplete(long atMs)
    {
        if (Order.IsLive && atMs < DueMs) return false;
        Write();
        Reply.Json.Flush();
        Reply.Awaited!.SetResult();
        return true;
    }
}
