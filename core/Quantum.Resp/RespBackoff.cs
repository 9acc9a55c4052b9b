namespace Quantum.Resp;

/// <summary>
/// Waiting times between attempts: doubling, capped, and jittered so that clients do not come back in step.
/// </summary>
public sealed class RespBackoff
{
    private readonly Func<double> _random;
    private int _attempt;

    /// <param name="random">Gives numbers from 0 up to 1.</param>
    /// <param name="firstMs">The first wait before jitter, in milliseconds, 1 or more.</param>
    /// <param name="capMs">The longest wait, in milliseconds, at least <paramref name="firstMs"/>.</param>
    public RespBackoff(Func<double> random, int firstMs = 50, int capMs = 5_000)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(firstMs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(capMs, firstMs);
        _random = random;
        FirstMs = firstMs;
        CapMs = capMs;
    }

    public int FirstMs { get; }

    public int CapMs { get; }

    /// <summary>The next wait: between half and the whole of min(cap, first x 2^attempt).</summary>
    public TimeSpan Next()
    {
        var fullMs = Math.Min(CapMs, FirstMs * Math.Pow(2, Math.Min(_attempt, 30)));
        _attempt++;
        return TimeSpan.FromMilliseconds(fullMs / 2 + fullMs / 2 * _random());
    }

    /// <summary>Starts anew after a success.</summary>
    public void Reset() => _attempt = 0;
}
