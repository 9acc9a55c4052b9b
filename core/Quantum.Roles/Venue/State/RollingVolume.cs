namespace Quantum.Roles.Venue.State;

/// <summary>
/// The traded volume of about the last minute, and our own part of it: a running bucket plus the share of the one
/// before that is still inside the window.
/// </summary>
internal sealed class RollingVolume
{
    /// <summary>Length of the window, ms.</summary>
    public const long WindowMs = 60_000;

    /// <summary>Start of the running bucket, UTC epoch ms.</summary>
    public long BucketMs { get; set; }

    /// <summary>Base quantity traded in the running bucket and in the one before.</summary>
    public decimal Current { get; set; }
    public decimal Previous { get; set; }

    /// <summary>Base quantity that we took in the running bucket and in the one before.</summary>
    public decimal OursCurrent { get; set; }
    public decimal OursPrevious { get; set; }

    /// <summary>True once any trade size was told; a feed without sizes bounds nothing.</summary>
    public bool IsKnown { get; set; }

    public void Add(long atMs, decimal quantity)
    {
        Roll(atMs);
        Current += quantity;
        IsKnown |= quantity > 0;
    }

    public void AddOurs(long atMs, decimal quantity)
    {
        Roll(atMs);
        OursCurrent += quantity;
    }

    /// <summary>Base quantity of the window that ends now.</summary>
    public decimal Window(long atMs)
    {
        Roll(atMs);
        return Current + Previous * Rest(atMs);
    }

    /// <summary>How much we may still take, base quantity; null when the feed tells no sizes.</summary>
    public decimal? Available(long atMs, decimal maxShare)
    {
        if (!IsKnown) return null;
        return Math.Max(0, Window(atMs) * maxShare - OursCurrent - OursPrevious * Rest(atMs));
    }

    private decimal Rest(long atMs) => 1 - Math.Clamp((atMs - BucketMs) / (decimal)WindowMs, 0, 1);

    private void Roll(long atMs)
    {
        var bucket = atMs - atMs % WindowMs;
        if (bucket <= BucketMs) return;
        var isNext = bucket == BucketMs + WindowMs;
        (Previous, OursPrevious) = isNext ? (Current, OursCurrent) : (0, 0);
        (Current, OursCurrent) = (0, 0);
        BucketMs = bucket;
    }
}
