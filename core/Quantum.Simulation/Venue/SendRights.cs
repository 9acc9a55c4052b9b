namespace Quantum.Simulation.Venue;

/// <summary>What may be done with an order.</summary>
internal enum SendWord { Send, Ask, OtherIsOpen, Late, Stopped, Fenced }

/// <summary>
/// Gives the right to send an order, once: the questions of the executor's <c>begin.lua</c> in its order, in one go.
/// </summary>
internal class SendRights(SimulatedWorld world)
{
    protected SimulatedWorld World => world;

    /// <summary>Told when a lane gets the order, before it waits for its turn.</summary>
    public virtual void Takes(in OrderCommand order)
    {
    }

    /// <summary>Records the order as sending when it may be sent.</summary>
    /// <param name="command">Where its command stands.</param>
    /// <param name="owner">Who asks.</param>
    /// <param name="passOpen">True for what reduces risk, after the open order was asked for in vain.</param>
    /// <param name="other">The order that is open, when that is why not.</param>
    public SendWord Begin(in OrderCommand order, EntryId command, string owner, bool passOpen, out string other)
    {
        var (ledger, id, symbol) = (world.Ledger, order.ClientOrderId, order.Symbol);
        other = "";
        if (world.VenueOwner != owner) return SendWord.Fenced;
        if (ledger.Find(id) is { } known && (known.Stage != SendStage.Absent || known.Command == command))
            return SendWord.Ask;
        if (!passOpen)
        {
            other = ledger.Open.FirstOrDefault(
                open => open != id && ledger.Find(open)!.Order.Symbol == symbol) ?? "";
            if (other.Length > 0) return SendWord.OtherIsOpen;
        }

        if (order.DeadlineMs is { } deadline && world.NowMs > deadline) return SendWord.Late;
        if (!order.ReduceOnly && IsStopped(in order)) return SendWord.Stopped;
        ledger.Begin(in order, command, world.NowMs);
        return SendWord.Send;
    }

    /// <summary>What to do when the exchange did not answer: true sends the order again.</summary>
    public virtual bool SendsAgain(in OrderCommand order) => false;

    /// <summary>True while the newest policy, or a word that nobody has followed yet, lets no entry out.</summary>
    protected virtual bool IsStopped(in OrderCommand order) => world.Witness.IsStopped;
}
