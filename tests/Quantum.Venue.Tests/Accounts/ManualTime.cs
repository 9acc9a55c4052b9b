namespace Quantum.Venue.Tests.Accounts;

/// <summary>Time that stands until a test moves it; begins on a full minute.</summary>
internal sealed class ManualTime : TimeProvider
{
    public const long StartMs = 1_767_225_600_000;

    private long _ms = StartMs;

    public long Ms => Interlocked.Read(ref _ms);

    public void Advance(long ms) => Interlocked.Add(ref _ms, ms);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Ms);
}
