using Quantum.Feeds;
using Quantum.Instruments;
using Quantum.Roles.Venue;

namespace Quantum.Venue.Engine;

/// <summary>
/// The parts that market and accounts share. Each adds its addresses and its listener before the loop starts; after
/// that everything but the clock is the loop's thread's alone.
/// </summary>
public sealed class VenueCore(VenueOptions options, VenueSettings rules, InstrumentBook instruments, TimeProvider time)
    : IDisposable
{
    private readonly List<IMarketSink> _sinks = [];

    public VenueOptions Options { get; } = options;

    /// <summary>How orders are filled and charged.</summary>
    public VenueSettings Rules { get; } = rules;

    public InstrumentBook Instruments { get; } = instruments;

    public VenueClock Clock { get; } = new(time);

    public VenueLoop Loop => field ??= new VenueLoop(Clock);

    public RouteTable Routes { get; } = new();

    public StreamHub Streams { get; } = new();

    /// <summary>Adds one who hears the market on the loop's thread; the market side is first.</summary>
    public void Hear(IMarketSink sink) => _sinks.Add(sink);

    /// <summary>
    /// What a feed pushes into, on any thread: each event is posted, and <see cref="IMarketSink.Step"/> waits until
    /// all that came before it is done.
    /// </summary>
    public IMarketSink Inlet => field ??= new MarketInlet(Loop, _sinks);

    public void Dispose() => Loop.Dispose();
}
