using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Threading.Channels;
using Quantum.Console.Access;
using Quantum.Console.Live;
using Quantum.Looking;

namespace Quantum.Console.Api;

/// <summary>
/// What happens, as server-sent events: <c>state</c> after each look, at most four a second however much happens,
/// and <c>trade</c> for each trade that is closed. It ends with the session or the key that opened it.
/// </summary>
internal static class EventFeed
{
    private const string State = "state";
    private const string Trade = "trade";
    private static readonly TimeSpan s_leastGap = TimeSpan.FromMilliseconds(250);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/events", (
                SystemReader reader, ApiKeys keys, TimeProvider time, ClaimsPrincipal user, CancellationToken cancel) =>
            TypedResults.ServerSentEvents(
                ReadAsync(reader, () => keys.Holds(user) && !Sessions.IsOver(user, time.GetUtcNow()), cancel)))
        .WithName("Events").WithTags("Look")
        .WithSummary("Server-sent events: `state` (at most 4 a second) and `trade`.");

    private static async IAsyncEnumerable<SseItem<object>> ReadAsync(
        SystemReader reader, Func<bool> isOpen, [EnumeratorCancellation] CancellationToken cancel)
    {
        // One place: who takes them slower than they come gets the newest.
        var looks = Channel.CreateBounded<SystemView>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        void Note() => looks.Writer.TryWrite(reader.View);
        reader.Changed += Note;
        try
        {
            var newest = reader.View.Trades is [var first, ..] ? first.Id : null;
            Note();
            await foreach (var view in looks.Reader.ReadAllAsync(cancel))
            {
                if (!isOpen()) yield break;
                yield return new SseItem<object>(EventShape.Of(view), State);
                foreach (var trade in New(view.Trades, newest)) yield return new SseItem<object>(trade, Trade);
                newest = view.Trades is [var last, ..] ? last.Id : newest;
                await Task.Delay(s_leastGap, cancel);
            }
        }
        finally
        {
            reader.Changed -= Note;
        }
    }

    private static IEnumerable<TradeShape> New(IReadOnlyList<StreamEntry> trades, string? known) =>
        trades.TakeWhile(trade => trade.Id != known).Reverse().Select(TradeShape.Of);
}

/// <summary>The event <c>state</c>.</summary>
/// <param name="Fault">Why Redis told nothing, in words: the rest is then of before; null when it did.</param>
/// <param name="Overview">The system in one look.</param>
/// <param name="Positions">What it holds.</param>
internal sealed record EventShape(string? Fault, OverviewShape Overview, IReadOnlyList<PositionView> Positions)
{
    public static EventShape Of(SystemView view) => new(view.Fault, OverviewShape.Of(view), view.Positions);
}
