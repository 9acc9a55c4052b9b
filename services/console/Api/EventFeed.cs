using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Threading.Channels;
using Quantum.Console.Access;
using Quantum.Console.Live;

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
                SystemReader reader, Questions questions, ApiKeys keys, OpenSessions sessions, ClaimsPrincipal user,
                CancellationToken cancel) =>
            TypedResults.ServerSentEvents(
                ReadAsync(
                    reader, new TradeTail(questions), () => keys.Holds(user) && sessions.Holds(user), cancel)))
        .WithName("Events").WithTags("Look")
        .WithSummary("Server-sent events: `state` (at most 4 a second) and `trade`.");

    private static async IAsyncEnumerable<SseItem<object>> ReadAsync(
        SystemReader reader, TradeTail trades, Func<bool> isOpen, [EnumeratorCancellation] CancellationToken cancel)
    {
        // One place: who takes them slower than they come gets the newest.
        var looks = Channel.CreateBounded<SystemView>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        void Note() => looks.Writer.TryWrite(reader.View);
        reader.Changed += Note;
        try
        {
            Note();
            await foreach (var view in looks.Reader.ReadAllAsync(cancel))
            {
                if (!isOpen()) yield break;
                var closed = await trades.NextAsync(view, cancel);
                yield return new SseItem<object>(EventShape.Of(view), State);
                foreach (var entry in closed) yield return new SseItem<object>(TradeShape.Of(entry), Trade);
                await Task.Delay(s_leastGap, cancel);
            }
        }
        finally
        {
            reader.Changed -= Note;
        }
    }
}

/// <summary>The event <c>state</c>.</summary>
/// <param name="Fault">Why Redis told nothing, in words: the rest is then of before; null when it did.</param>
/// <param name="Overview">The system in one look.</param>
/// <param name="Positions">What it holds.</param>
internal sealed record EventShape(string? Fault, OverviewShape Overview, IReadOnlyList<PositionView> Positions)
{
    public static EventShape Of(SystemView view) => new(view.Fault, OverviewShape.Of(view), view.Positions);
}
