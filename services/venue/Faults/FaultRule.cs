namespace Quantum.Venue.Faults;

/// <summary>What goes wrong.</summary>
internal enum FaultKind
{
    /// <summary>The reply, or with <c>before</c> the request, is late by <c>delayMs</c>.</summary>
    Delay,

    /// <summary>The request is done and cut off without a reply; with <c>before</c> it is not done.</summary>
    Cut,

    /// <summary>The request is done, but the reply says that it failed.</summary>
    HiddenSuccess,

    /// <summary>The request is not done, and the reply says so.</summary>
    Refuse,

    /// <summary>Every request is answered with 418 for <c>seconds</c>.</summary>
    Ban,

    /// <summary>The user stream stays connected and tells nothing.</summary>
    Stale,

    /// <summary>An event of the user stream comes after the one that follows it.</summary>
    Reorder,

    /// <summary>An event of the user stream comes twice.</summary>
    Double,

    /// <summary>The account sees the venue's clock shifted by <c>shiftMs</c>.</summary>
    Skew,
}

/// <summary>What happens to one event of the user stream.</summary>
internal enum EventFate { Told, Lost, Late, Double }

/// <summary>A fault as it was ordered, and how often it has struck.</summary>
internal sealed class FaultRule
{
    private const int MostStruck = 100_000;

    public required FaultKind Kind { get; init; }

    /// <summary>
    /// Method and path of the requests it meets, as <c>POST /fapi/v1/order</c>; may end in '*'. Null meets all.
    /// </summary>
    public string? Request { get; init; }

    /// <summary>Meets the next so many; null: as many as come.</summary>
    public int? Next { get; set; }

    /// <summary>Meets this share of them, 0 to 1, drawn with the seed; null: every one.</summary>
    public double? Share { get; init; }

    /// <summary>Over at this venue time, UTC epoch ms; null: never.</summary>
    public long? UntilMs { get; init; }

    public long DelayMs { get; init; }

    public long ShiftMs { get; init; }

    public int Code { get; init; }

    public string Message { get; init; } = "";

    public int Status { get; init; }

    /// <summary>Whether the reply is a gateway's page instead of JSON.</summary>
    public bool IsHtml { get; init; }

    /// <summary>Whether it strikes before the request is done.</summary>
    public bool IsBefore { get; init; }

    /// <summary>How often it struck.</summary>
    public int Hits { get; set; }

    /// <summary>Client ids of the orders whose requests it struck, in their order; the last ones of many.</summary>
    public Queue<string> Struck { get; } = new();

    /// <summary>Draws the share.</summary>
    public required Random Chance { get; init; }

    /// <summary>Notes whose request it struck; null: of no order.</summary>
    public void Note(string? clientId)
    {
        if (clientId is null) return;
        Struck.Enqueue(clientId);
        if (Struck.Count > MostStruck) Struck.Dequeue();
    }

    /// <summary>Whether it meets this one; counts it if so.</summary>
    public bool Strikes(string? request, long atMs)
    {
        if (Next is 0 || atMs >= UntilMs || !Meets(request)) return false;
        // Drawn, not tested for safety: the same seed must strike the same requests again.
        if (Share is { } share && Chance.NextDouble() >= share) return false;
        if (Next is { } next) Next = next - 1;
        Hits++;
        return true;
    }

    private bool Meets(string? request) =>
        Request is null || request is null
        || (Request.EndsWith('*')
            ? request.StartsWith(Request[..^1], StringComparison.Ordinal)
            : request.Equals(Request, StringComparison.Ordinal));
}
