namespace Quantum.Exchanges.Quotes;

/// <summary>Where a venue's public stream is and how patient we are with it.</summary>
public sealed record QuoteStreamSettings
{
    /// <summary>The stream, <c>wss://…</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>A stream without a quote for so long is lost, however alive the connection is.</summary>
    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two pings; what has no answer by the next one, also a subscription, ends it.</summary>
    public TimeSpan PingEvery { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long connecting may take.</summary>
    public TimeSpan ConnectWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The first pause before connecting again; it doubles, with jitter.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);
}
