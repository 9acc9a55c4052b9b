using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using System.Text;

namespace Quantum.EventLog.Runner;

/// <summary>Runs a pure role over its batches.</summary>
internal sealed class RoleWork : SeatWork
{
    private readonly Role _role;
    private readonly LogOutbox _outbox;
    private readonly TradingMode _mode;
    private readonly string _clockPrefix;
    private readonly Dictionary<EventStream, Subscription> _subscriptions;

    public RoleWork(Role role, RoleSeat seat, LogKeys keys, TradingMode mode)
    {
        (_role, _mode) = (role, mode);
        _outbox = new LogOutbox(seat, keys, mode);
        _clockPrefix = keys.Shards == 1 ? "clock." : $"clock.{keys.TagName(seat.Shard)}.";
        _subscriptions = role.Subscriptions.ToDictionary(subscription => subscription.Stream);
        Streams = [.. role.Subscriptions.Select(subscription => subscription.Stream)];
    }

    public override string Name => _role.Name;

    public override IReadOnlyList<EventStream> Streams { get; }

    public override bool HasClock => _role.ClockHandler is not null;

    public override RoleState State => _role.State;

    public override void Handle(BatchContext context)
    {
        _outbox.Open(context.Commit);
        for (var i = 0; i < context.Count; i++)
        {
            var index = context.Order[i];
            if (!context.Admit(index)) continue;
            var link = context.LinkOf(index);
            var id = context.Batch[index].Id;
            try
            {
                context.FeedTapeClock(index);
                _outbox.From(link);
                var fields = context.Batch.Fields(index);
                if (_subscriptions[link.Stream].TryHandle(in fields, id, _outbox, out var fault))
                {
                    _outbox.EndInput(in fields);
                    context.Done(index);
                }
                else
                {
                    context.Refuse(index, WireNames.Of(fault.Kind), fault.Text);
                }
            }
            catch (Exception e) when (e is not EntryFailedException)
            {
                throw new EntryFailedException(link, id, e);
            }
        }
    }

    public override void Clock(BatchContext context, long atMs)
    {
        _outbox.Open(context.Commit);
        Feed(atMs);
    }

    /// <summary>
    /// Handles an entry or a clock reading of the journal again; what it publishes was committed before.
    /// </summary>
    public void Replay(CommitBatch scratch, LogLink? link, EntryId id, in EntryFields fields, long clockMs)
    {
        scratch.Clear();
        _outbox.Open(scratch);
        if (link is null)
        {
            Feed(clockMs);
            return;
        }

        _outbox.From(link);
        _subscriptions[link.Stream].TryHandle(in fields, id, _outbox, out _);
    }

    private void Feed(long atMs)
    {
        var envelope = new Envelope
        {
            EventId = Encoding.UTF8.GetBytes($"{_clockPrefix}{atMs}"), AtMs = atMs,
            Source = Encoding.UTF8.GetBytes(_role.Name), Mode = _mode, Version = 1,
        };
        var input = new Input(envelope, new EntryId(atMs, 0));
        try
        {
            _outbox.From(null);
            _outbox.BeginInput(in input);
            _role.ClockHandler!(in input, _outbox);
            _outbox.EndInput(default);
        }
        catch (Exception e)
        {
            throw new EntryFailedException(null, new EntryId(atMs, 0), e);
        }
    }
}
