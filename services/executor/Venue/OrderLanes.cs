using System.Collections.Concurrent;
using Quantum.EventLog.Runner;
using Quantum.Exchanges;

namespace Quantum.Executor.Venue;

/// <summary>
/// Hands each command to the lane of its symbol, so that a venue that is silent about one symbol holds up no other.
/// </summary>
internal sealed class OrderLanes(
    IOrderVenue venue, SendJournal journal, VenuePublisher publisher, OrderLaneOptions options, EntryStop stop,
    VenueNotes notes, TimeProvider time, ILogger<OrderLanes> log) : IAsyncDisposable
{
    private static readonly TimeSpan s_longestStop = TimeSpan.FromSeconds(8);

    private readonly ConcurrentDictionary<string, OrderLane> _lanes = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();

    public void Take(in OrderCommand command, GatewayInput input) => LaneOf(command.Symbol.Name).Take(command, input);

    /// <summary>Asks for every order of which nobody knows whether the venue has it.</summary>
    public void ResolveOpen(CancellationToken cancel)
    {
        foreach (var id in journal.OpenIds(cancel))
            if (journal.Find(id, cancel) is { IsOpen: true } record)
                LaneOf(record.Question.Symbol.Name).Resolve(record);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in _lanes.Values) lane.Close();
        await _stop.CancelAsync().ConfigureAwait(false);
        var ends = Task.WhenAll(_lanes.Values.Select(lane => lane.Done));
        if (await Task.WhenAny(ends, Task.Delay(s_longestStop)).ConfigureAwait(false) == ends)
            foreach (var lane in _lanes.Values) lane.Dispose();
        _stop.Dispose();
    }

    private OrderLane LaneOf(string symbol) => _lanes.GetOrAdd(
        symbol, _ => new OrderLane(venue, journal, publisher, options, stop, notes, time, log, _stop.Token));
}
