using Quantum.EventLog;
using Quantum.InProcess;
using Quantum.Roles.Executor;

namespace Quantum.Simulation.Venue;

/// <summary>
/// Gives the right to send an order, once: the questions of the executor's <c>begin.lua</c> in its order, in one go,
/// asked of what the log holds. <c>SendConformanceTests</c> holds the two against each other.
/// </summary>
internal class SendRights(MemoryEventLog log, SendLedger ledger, SendLimits limits)
{
    private static readonly RoleSeat s_venue = new(RoleNames.Venue, 0);
    private static readonly RoleSeat s_governance = new(RoleNames.Governance, 0);
    private long _uncopied;

    public SendRights(SimulatedWorld world) : this(world.Log, world.Ledger, new SendLimits())
    {
    }

    /// <summary>Lets no replica confirm the records of so many entries.</summary>
    public void LoseCopies(long entries) => _uncopied += entries;

    /// <summary>Told when a lane gets the order, before it waits for its turn.</summary>
    public virtual void Takes(in OrderCommand order)
    {
    }

    /// <summary>Records the order as sending when it may be sent.</summary>
    /// <param name="command">Where its command stands.</param>
    /// <param name="owner">Who asks.</param>
    /// <param name="passOpen">True for what reduces risk, after the open order was asked for in vain.</param>
    /// <param name="other">The order that is open, when that is why not.</param>
    public SendVerdict Begin(in OrderCommand order, EntryId command, string owner, bool passOpen, out string other)
    {
        var id = order.ClientOrderId;
        other = "";
        if (log.SeatOf(s_venue).Owner != owner) return SendVerdict.Fenced;
        if (ledger.Find(id) is { } known && (known.Stage != SendState.Absent || known.Command == command))
            return SendVerdict.Ask;
        if (!passOpen)
        {
            var symbol = order.Symbol;
            other = ledger.Open.FirstOrDefault(
                open => open != id && ledger.Find(open)!.Order.Symbol == symbol) ?? "";
            if (other.Length > 0) return SendVerdict.OtherIsOpen;
        }

        if (!order.ReduceOnly && Trip(in order) is { } tripped) return tripped;
        if (order.DeadlineMs is { } deadline && log.NowMs > deadline) return SendVerdict.Late;
        var word = Spend(in order);
        if (word is SendVerdict.Limit) return word;
        ledger.Begin(in order, command, log.NowMs);
        if (order.ReduceOnly || _uncopied == 0) return word;
        _uncopied--;
        ledger.Settle(id, SendState.Absent, log.NowMs);
        return SendVerdict.NotCopied;
    }

    /// <summary>What to do when the exchange did not answer: true sends the order again.</summary>
    public virtual bool SendsAgain(in OrderCommand order) => false;

    /// <summary>
    /// Why no entry may leave: the newest policy, none at all, a word that governance has not followed yet, or that it
    /// is silent; null when one may.
    /// </summary>
    protected virtual SendVerdict? Trip(in OrderCommand order)
    {
        if (log.Find(StreamCatalog.PolicyUpdated.Key) is not { Count: > 0 } policies) return SendVerdict.Killed;
        var policy = policies.Find(policies.LastId)!.Fields;
        if (Is(in policy, "kill_switch"u8, "true"u8)) return SendVerdict.Killed;
        if (Is(in policy, "risk_mode"u8, "halt"u8)) return SendVerdict.Halted;
        var (governance, words) = (log.SeatOf(s_governance), StreamCatalog.GovernanceControl.Key);
        var followed = governance.Cursors.GetValueOrDefault(words);
        ReadOnlySpan<StoredEntry> unread = log.Find(words) is { } said ? said.After(followed, int.MaxValue) : [];
        foreach (var entry in unread)
        {
            var word = entry.Fields;
            if (Is(in word, "command"u8, "kill_on"u8) || Is(in word, "command"u8, "flatten"u8))
                return SendVerdict.Killed;
            if (Is(in word, "command"u8, "set_mode"u8) && Is(in word, "risk_mode"u8, "halt"u8))
                return SendVerdict.Halted;
        }

        return governance.CommittedMs == 0 || log.NowMs - governance.CommittedMs > limits.GovernanceSilenceMs
            ? SendVerdict.Silent
            : null;
    }

    private static bool Is(in EntryFields entry, ReadOnlySpan<byte> field, ReadOnlySpan<byte> text) =>
        entry.TryGet(field, out var value) && value.SequenceEqual(text);

    private SendVerdict Spend(in OrderCommand order)
    {
        var minute = log.NowMs / 60_000;
        var spent = ledger.SentWithin(order.Symbol, minute);
        var isPast = spent.Orders >= limits.OrdersPerMinute;
        if (!order.ReduceOnly)
        {
            var usd = order.Quantity * (order.Price ?? order.ReferencePrice ?? 0);
            if (isPast || spent.Entries >= limits.EntriesPerMinute || spent.Usd + usd > limits.EntryUsdPerMinute)
                return SendVerdict.Limit;
            spent = spent with { Entries = spent.Entries + 1, Usd = spent.Usd + usd };
        }

        ledger.NoteSent(order.Symbol, spent with { Orders = spent.Orders + 1 });
        return isPast ? SendVerdict.SendPastLimit : SendVerdict.Send;
    }
}
