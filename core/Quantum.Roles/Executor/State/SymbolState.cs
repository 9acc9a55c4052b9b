using System.Text.Json.Serialization;

namespace Quantum.Roles.Executor.State;

/// <summary>Everything the executor remembers of one symbol.</summary>
internal sealed class SymbolState
{
    /// <summary>What all symbols' are saved under.</summary>
    public const string Key = "symbol";

    private const int KeptDoneOrders = 12;
    private const int KeptTrades = 96;
    private const long FeeWaitMs = 60_000;

    public required Symbol Symbol { get; init; }

    public PositionRecord? Position { get; set; }

    /// <summary>Live orders, and the last finished ones, so that a late fill still finds its order.</summary>
    public List<OrderRecord> Orders { get; init; } = [];

    public Flight? Entry { get; set; }
    public Flight? Exit { get; set; }
    public Flight? StopMove { get; set; }

    public IntentRecord? WaitingEntry { get; set; }
    public List<IntentRecord> WaitingExits { get; init; } = [];

    /// <summary>The newest entry intent's own time so far, UTC epoch ms.</summary>
    public long NewestEntryAtMs { get; set; }

    public StopGuard Stop { get; init; } = new();

    /// <summary>
    /// Signed base quantity that the results told so far add up to; behind the position while fills wait for the end
    /// of their order, so that whoever books the results in order sees one consistent story.
    /// </summary>
    public decimal ToldQuantity { get; set; }

    /// <summary>
    /// Funding that no result has told of yet, USD: while an entry with fills works, its trade is in nobody's books.
    /// </summary>
    public decimal HeldFundingUsd { get; set; }

    public VenueDifference? Difference { get; set; }

    /// <summary>When the last fill was told, UTC epoch ms: an older word on the position says nothing of it.</summary>
    public long MovedAtMs { get; set; }

    /// <summary>
    /// What the venue holds and this system did not open: shown, and left alone until a person takes it over.
    /// </summary>
    public VenueDifference? Foreign { get; set; }

    /// <summary>
    /// Signed base quantity of fills under our ids whose order nobody here remembers, since the venue last told the
    /// position that the fills made: what they opened is ours, whatever was forgotten.
    /// </summary>
    public decimal ForgottenQuantity { get; set; }

    /// <summary>When the last of those fills was, UTC epoch ms; 0 before the first.</summary>
    public long ForgottenAtMs { get; set; }

    /// <summary>Venue trade ids already counted, newest last.</summary>
    public List<string> Trades { get; init; } = [];

    [JsonIgnore]
    public decimal PositionQuantity => Position?.Quantity ?? 0;

    /// <summary>Signed base quantity of the fills that no result has told of yet.</summary>
    [JsonIgnore]
    public decimal UntoldQuantity =>
        Orders.Sum(order => order.Side.Sign() * (order.FilledQuantity - order.ReportedQuantity));

    /// <summary>
    /// True while an entry with fills works: what reduces its position is told after it, or the books would see a
    /// position close that never opened.
    /// </summary>
    [JsonIgnore]
    public bool HoldsResults => Entry is { } entry && OrderOf(entry).FilledQuantity > 0;

    /// <summary>
    /// True when the clock has something to watch here; a position whose stop rests is left alone, which spares a
    /// write of its state each second, unless what was refused is to be tried again.
    /// </summary>
    [JsonIgnore]
    public bool NeedsClock => (Position is not null && (Stop.RestingId is null || Stop.NotBeforeMs > 0))
        || Entry is not null || Exit is not null || StopMove is not null || WaitingEntry is not null
        || WaitingExits.Count > 0 || Difference is not null || Orders.Exists(order => order.IsAwaited);

    /// <summary>
    /// True while what is booked may be behind what the venue did: nothing is told of the account then. A fill whose
    /// fee is not told within a minute is no longer waited for.
    /// </summary>
    public bool IsUnderWay(long nowMs) => Entry is not null || Exit is not null || Difference is not null
        || UntoldQuantity != 0 || HeldFundingUsd != 0 || Orders.Exists(order => order.IsAwaited
            || (order.UntoldQuantity > 0 && nowMs - order.AwaitedSinceMs < FeeWaitMs));

    public OrderRecord? FindOrder(string? clientOrderId) =>
        clientOrderId is null ? null : Orders.Find(order => order.ClientOrderId == clientOrderId);

    /// <summary>The order of a flight, which is always remembered while the flight lasts.</summary>
    public OrderRecord OrderOf(Flight flight)
    {
        return FindOrder(flight.ClientOrderId)
            ?? throw new InvalidOperationException(
                $"{Symbol}: order {flight.ClientOrderId} of a flight is not remembered.");
    }

    /// <summary>False when the trade was counted before.</summary>
    public bool TryCountTrade(string venueTradeId)
    {
        if (Trades.Contains(venueTradeId)) return false;
        Trades.Add(venueTradeId);
        if (Trades.Count > KeptTrades) Trades.RemoveAt(0);
        return true;
    }

    /// <summary>Forgets the oldest finished orders that nothing refers to.</summary>
    public void Prune()
    {
        var surplus = Orders.Count(order => order.IsDone) - KeptDoneOrders;
        for (var i = 0; i < Orders.Count && surplus > 0; i++)
        {
            if (!Orders[i].IsDone || IsReferred(Orders[i].ClientOrderId)) continue;
            Orders.RemoveAt(i--);
            surplus--;
        }
    }

    /// <summary>
    /// The clock was set back: no moment noted here lies ahead of <paramref name="nowMs"/>, UTC epoch ms, and no
    /// deadline by more than <paramref name="mostLeftMs"/>, ms.
    /// </summary>
    public void SetBack(long nowMs, long mostLeftMs)
    {
        NewestEntryAtMs = Math.Min(NewestEntryAtMs, nowMs);
        (MovedAtMs, ForgottenAtMs) = (Math.Min(MovedAtMs, nowMs), Math.Min(ForgottenAtMs, nowMs));
        foreach (var order in Orders)
        {
            (order.SentAtMs, order.AskedAtMs) = (Math.Min(order.SentAtMs, nowMs), Math.Min(order.AskedAtMs, nowMs));
            order.AwaitedSinceMs = Math.Min(order.AwaitedSinceMs, nowMs);
            if (order.DeadlineMs > nowMs + mostLeftMs) order.DeadlineMs = nowMs + mostLeftMs;
        }

        IntentRecord?[] records = [Entry?.Record, Exit?.Record, StopMove?.Record, WaitingEntry, .. WaitingExits];
        foreach (var record in records)
            if (record?.DeadlineMs > nowMs + mostLeftMs) record.DeadlineMs = nowMs + mostLeftMs;
        if (Stop.ProtectedSinceMs > nowMs) Stop.ProtectedSinceMs = nowMs;
        if (Stop.UnprotectedSinceMs > nowMs) Stop.UnprotectedSinceMs = nowMs;
        Stop.NotBeforeMs = Math.Min(Stop.NotBeforeMs, nowMs);
        if (Difference?.SinceMs > nowMs) Difference = Difference with { SinceMs = nowMs };
        if (Foreign?.SinceMs > nowMs) Foreign = Foreign with { SinceMs = nowMs };
    }

    private bool IsReferred(string id) => Entry?.ClientOrderId == id || Exit?.ClientOrderId == id
        || StopMove?.ClientOrderId == id || Stop.RestingId == id || Stop.PendingId == id || Stop.CloseId == id;
}

/// <summary>
/// A position that the venue tells and our fills do not, waiting a moment for late fills to explain it.
/// </summary>
/// <param name="Quantity">The venue's signed base quantity.</param>
/// <param name="EntryPrice">The venue's mean entry price; null when flat or not told.</param>
/// <param name="SinceMs">When it was told, UTC epoch ms.</param>
/// <param name="IsCompared">
/// True once a comparison of the account found it, which tells all fills before it: what remains no fill explains.
/// </param>
/// <param name="HasOurStop">
/// True when live stops at the venue carry ids of ours: then the position is ours, whatever was forgotten of it.
/// </param>
/// <param name="IsAsked">True once the stop that should explain it was asked for.</param>
internal sealed record VenueDifference(
    decimal Quantity, decimal? EntryPrice, long SinceMs, bool IsCompared = false, bool HasOurStop = false,
    bool IsAsked = false);
