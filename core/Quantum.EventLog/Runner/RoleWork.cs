using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.EventLog.Runner;

/// <summary>Runs a pure role over its batches.</summary>
/// <param name="role">What it runs.</param>
/// <param name="seat">Its place.</param>
/// <param name="keys">Names and shards.</param>
/// <param name="mode">On every event.</param>
/// <param name="savesCopies">True where the log is in memory and takes state as it is.</param>
internal sealed class RoleWork(Role role, RoleSeat seat, LogKeys keys, TradingMode mode, bool savesCopies = false)
    : SeatWork
{
    private readonly RoleDriver _driver = new(role, seat, keys, mode);

    /// <summary>What it runs.</summary>
    public Role Role => role;

    public override string Name => role.Name;

    public override IReadOnlyList<EventStream> Streams => _driver.Streams;

    public override bool HasClock => _driver.HasClock;

    public override void Load(SavedRole saved) => role.State.Load(saved.State);

    public override void Save(CommitBatch commit)
    {
        if (savesCopies) _driver.SaveCopies(commit);
        else _driver.Save(commit);
    }

    public override void Handle(BatchContext context)
    {
        _driver.Open(context.Commit);
        for (var i = 0; i < context.Count; i++)
        {
            var index = context.Order[i];
            if (!context.Admit(index)) continue;
            var link = context.LinkOf(index);
            var id = context.Batch[index].Id;
            try
            {
                context.FeedTapeClock(index);
                var fields = context.Batch.Fields(index);
                if (_driver.TryHandle(link, in fields, id, out var fault)) context.Done(index);
                else context.Refuse(index, WireNames.Of(fault.Kind), fault.Text);
            }
            catch (Exception e) when (e is not EntryFailedException)
            {
                throw new EntryFailedException(link, id, e);
            }
        }
    }

    public override void Clock(BatchContext context, long atMs)
    {
        _driver.Open(context.Commit);
        try
        {
            _driver.Strike(atMs);
        }
        catch (Exception e)
        {
            throw new EntryFailedException(null, new EntryId(atMs, 0), e);
        }
    }
}
