using System.Diagnostics;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog.Tracing;

namespace Quantum.EventLog.Runner;

/// <summary>
/// Runs a gateway over its batches: calls of different symbols side by side, of one symbol in order. What succeeded is
/// committed with its answers; what failed, and what stands behind it, stays pending and comes first next time.
/// </summary>
internal sealed class GatewayWork : SeatWork
{
    private readonly Gateway _gateway;
    private readonly RoleSeat _seat;
    private readonly LogKeys _keys;
    private readonly TradingMode _mode;
    private readonly Dictionary<EventStream, GatewaySubscription> _subscriptions;

    public GatewayWork(Gateway gateway, RoleSeat seat, LogKeys keys, TradingMode mode)
    {
        (_gateway, _seat, _keys, _mode) = (gateway, seat, keys, mode);
        _subscriptions = gateway.Subscriptions.ToDictionary(subscription => subscription.Stream);
        Streams = [.. gateway.Subscriptions.Select(subscription => subscription.Stream)];
    }

    public override string Name => _gateway.Name;

    public override IReadOnlyList<EventStream> Streams { get; }

    public override bool HasClock => false;

    public override void Clock(BatchContext context, long atMs) =>
        throw new InvalidOperationException("gateways have no clock: a role decides when to act.");

    public override void Handle(BatchContext context)
    {
        var calls = Prepare(context);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.Cancel);
        using var slots = new SemaphoreSlim(_gateway.Concurrency);
        var chains =
            calls.GroupBy(call => call.OrderKey).Select(chain => RunChain([.. chain], slots, end.Token)).ToArray();
        WaitWhileRenewing(Task.WhenAll(chains), context, end);
        foreach (var call in calls) Take(context, call);
        // Nothing succeeded: without a pause a dead outside world would be asked in a hot loop.
        if (calls.Count > 0 && calls.TrueForAll(call => !call.IsDone))
            context.Cancel.WaitHandle.WaitOne(FailurePause(context));
    }

    private List<PreparedCall> Prepare(BatchContext context)
    {
        var calls = new List<PreparedCall>(context.Count);
        for (var i = 0; i < context.Count; i++)
        {
            var index = context.Order[i];
            if (!context.Admit(index)) continue;
            var outbox = new LogOutbox(_seat, _keys, _mode);
            var answers = new CommitBatch();
            outbox.Open(answers);
            var fields = context.Batch.Fields(index);
            var link = context.LinkOf(index);
            var subscription = _subscriptions[link.Stream];
            if (subscription.TryPrepare(in fields, context.Batch[index], link, outbox, out var fault) is { } call)
                calls.Add(new PreparedCall(index, call, outbox, answers));
            else
                context.Refuse(index, WireNames.Of(fault.Kind), fault.Text);
        }

        return calls;
    }

    private static async Task RunChain(PreparedCall[] chain, SemaphoreSlim slots, CancellationToken cancel)
    {
        await Task.Yield();
        foreach (var call in chain)
        {
            try
            {
                await slots.WaitAsync(cancel).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            using var span = LogTrace.StartCall(call.Outbox.Handling);
            try
            {
                await call.Call.Make(cancel).ConfigureAwait(false);
                call.IsDone = true;
            }
            catch (Exception failure)
            {
                call.Failure = failure;
                span?.SetStatus(ActivityStatusCode.Error, failure.Message)
                    .SetTag(SpanTags.Error, failure.GetType().FullName);
                return;
            }
            finally
            {
                slots.Release();
            }
        }
    }

    private static void WaitWhileRenewing(Task all, BatchContext context, CancellationTokenSource end)
    {
        var every = TimeSpan.FromTicks(
            Math.Max(context.Settings.RenewEvery.Ticks, TimeSpan.TicksPerMillisecond * 20));
        while (!all.Wait(every))
        {
            if (context.Renew()) continue;
            end.Cancel();
            throw new SeatLostException($"the lease of {context.Seat} was lost while the outside world was asked");
        }
    }

    private static void Take(BatchContext context, PreparedCall call)
    {
        var link = context.LinkOf(call.Index);
        var id = context.Batch[call.Index].Id;
        if (!call.IsDone && link.Kind == LinkKind.Cursor)
        {
            // A cursor cannot leave one entry behind: the batch is done again, which gateways must bear anyway.
            throw new EntryFailedException(
                link, id, call.Failure ?? new OperationCanceledException("the gateway is stopping."));
        }

        if (!call.IsDone)
        {
            context.Leave();
            if (call.Failure is { } failure && !context.Cancel.IsCancellationRequested)
                context.Failures.Record(link, id, failure);
            return;
        }

        for (var i = 0; i < call.Answers.OutputCount; i++)
        {
            var target = context.Commit.AddOutput(call.Answers.OutputKey(i));
            var fields = call.Answers.Output(i).Fields;
            for (var f = 0; f < fields.Count; f++) target.Add(fields.Name(f), fields.Value(f));
        }

        context.Commit.Reasons.AddRange(call.Answers.Reasons);
        call.Outbox.EndInput(default);
        context.Commit.Spans.AddRange(call.Answers.Spans);
        context.Done(call.Index);
    }

    private static TimeSpan FailurePause(BatchContext context) =>
        TimeSpan.FromMilliseconds(Math.Min(context.Settings.LeaseTtl.TotalMilliseconds / 4, 500));

    private sealed class PreparedCall(int index, GatewayCall call, LogOutbox outbox, CommitBatch answers)
    {
        public int Index { get; } = index;
        public GatewayCall Call { get; } = call;
        public LogOutbox Outbox { get; } = outbox;
        public CommitBatch Answers { get; } = answers;
        public string OrderKey => Call.OrderKey;
        public bool IsDone { get; set; }
        public Exception? Failure { get; set; }
    }
}
