using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog.Runner;
using Quantum.Roles.Executor;
using Quantum.Simulation.Venue;

namespace Quantum.Simulation.Tests.Mutations;

/// <summary>What is done wrong on purpose is found, by the checker that is for it, and nothing else is wrong.</summary>
public class MutationTests
{
    private const int Minutes = 30;

    /// <param name="mutation">What is done wrong.</param>
    /// <param name="seeds">Within so many seeds.</param>
    /// <param name="checkers">Who may see it first.</param>
    [Theory]
    [InlineData(nameof(PublishesOutside), 4, "catalog")]
    [InlineData(nameof(AcknowledgesFirst), 4, "handled_once")]
    [InlineData(nameof(HasNoFence), 4, "catalog")]
    [InlineData("no_query_before_resend", 4, "one_order")]
    [InlineData("loosened_stop", 4, "stop_loosened")]
    [InlineData("forgotten_cancel", 4, "spare_stop")]
    [InlineData("no_stop_on_partial_fill", 12, "protected")]
    [InlineData("stale_equity", 4, "stale_equity")]
    [InlineData("kill_checked_before", 16, "entry_after_kill")]
    [InlineData(nameof(ExitsTwice), 4, "one_order")]
    [InlineData("forgotten_end", 4, "intent_ends")]
    [InlineData("oversized_entry", 4, "exposure")]
    [InlineData(nameof(SavesNothing), 4, "rebuilt_state")]
    public void A_mutation_is_caught(string mutation, int seeds, params string[] checkers)
    {
        for (var seed = 1; seed <= seeds; seed++)
        {
            var settings = new SimulationSettings { Seed = seed, Minutes = Minutes };
            if (SimulationRun.Of(settings with { Alterations = MutationOf(mutation) }).Violation is not { } found)
                continue;
            Assert.Contains(found.Checker, checkers);
            Assert.Null(SimulationRun.Of(settings).Violation);
            return;
        }

        Assert.Fail($"{mutation} was not caught within {seeds} seeds.");
    }

    internal static Alterations MutationOf(string name) => name switch
    {
        nameof(PublishesOutside) => new() { Session = (_, inner, world) => new PublishesOutside(inner, world) },
        nameof(AcknowledgesFirst) => new() { Session = (_, inner, world) => new AcknowledgesFirst(inner, world) },
        nameof(HasNoFence) => new() { Session = (_, inner, world) => new HasNoFence(inner, world) },
        "no_query_before_resend" => new() { Rights = world => new SendsAgainUnasked(world) },
        "kill_checked_before" => new() { Rights = world => new ChecksKillBefore(world) },
        nameof(ExitsTwice) => new()
        {
            Session = (role, inner, world) => role == RoleNames.Executor ? new ExitsTwice(inner, world) : inner,
        },
        nameof(SavesNothing) => new()
        {
            Session = (role, inner, world) => role == RoleNames.MetaRegime ? new SavesNothing(inner, world) : inner,
        },
        "no_stop_on_partial_fill" => Changing<OrderCommand>(
            RoleNames.Executor, StreamCatalog.OrderCommand, LeaveBare),
        "forgotten_end" => Changing(
            RoleNames.Executor, StreamCatalog.ExecutionResult,
            (ExecutionResult result, SimulatedWorld _) =>
                result is { Kind: ResultKind.Intent, FilledQuantity: 0 } ? null : result),
        "oversized_entry" => Changing(
            RoleNames.Executor, StreamCatalog.OrderCommand,
            (OrderCommand command, SimulatedWorld _) => command is { Action: OrderAction.Place, ReduceOnly: false }
                ? command with { Quantity = 20 * command.Quantity }
                : command),
        "forgotten_cancel" => Changing(
            RoleNames.Executor, StreamCatalog.OrderCommand,
            (OrderCommand command, SimulatedWorld _) => command.Action == OrderAction.Cancel ? null : command),
        "loosened_stop" => Changing<OrderCommand>(RoleNames.Executor, StreamCatalog.OrderCommand, Loosen),
        "stale_equity" => Changing(
            RoleNames.TradingBot, StreamCatalog.SizingRequested,
            (SizingRequested request, SimulatedWorld world) =>
                request with { EquityUsd = world.System.SimVenue.StartBalanceUsd }),
        _ => throw new ArgumentException($"there is no mutation '{name}'.", nameof(name)),
    };

    // Only a stop that replaces another one can be looser than it.
    private static OrderCommand? Loosen(OrderCommand command, SimulatedWorld world)
    {
        if (command is not { Action: OrderAction.Place, Purpose: OrderPurpose.Stop, TriggerPrice: { } trigger })
            return command;
        var isMove = world.Exchange.View().Orders.Any(
            order => order.Command.Symbol == command.Symbol && order.Command.Purpose == OrderPurpose.Stop);
        if (!isMove) return command;
        var held = command.Side == Side.Sell ? PositionSide.Long : PositionSide.Short;
        var looser = trigger * (held == PositionSide.Long ? 0.98m : 1.02m);
        return command with { TriggerPrice = world.System.Symbols.Find(command.Symbol)!.TighterStop(held, looser) };
    }

    // While the entry works its stop stays away, and the executor is told that it stands.
    private static OrderCommand? LeaveBare(OrderCommand command, SimulatedWorld world)
    {
        if (command.Purpose != OrderPurpose.Stop) return command;
        var isEntering = world.Exchange.View().Orders.Any(
            order => order.Command.Symbol == command.Symbol && order.Command.Purpose == OrderPurpose.Entry);
        if (!isEntering) return command;
        if (command.Action == OrderAction.Place)
        {
            new EventSource(world.Log, RoleNames.Venue, SimulatedWorld.Mode, traces: false).Publish(
                StreamCatalog.OrderUpdate, OrderUpdate.To(in command, OrderStatus.Accepted, null, null),
                "bare-" + command.ClientOrderId, world.NowMs, once: true);
        }

        return null;
    }

    private static Alterations Changing<TEvent>(
        string role, EventStream<TEvent> stream, Func<TEvent, SimulatedWorld, TEvent?> change) where TEvent : struct =>
        new()
        {
            Session = (seat, inner, world) => seat != role ? inner : new ChangesOutputs(inner, world, (key, fields) =>
            {
                if (key != stream.Key) return fields;
                var entry = fields.Fields;
                if (!stream.TryDecode(in entry, EntryId.Zero, out var envelope, out var payload, out var fault))
                    throw new InvalidOperationException(fault.Text);
                if (change(payload, world) is not { } changed) return null;
                var other = new FieldBuffer();
                stream.Encode(in envelope, in changed, other);
                return other;
            }),
        };

    /// <summary>Sends an order again that got no answer, without asking for it.</summary>
    private sealed class SendsAgainUnasked(SimulatedWorld world) : SendRights(world)
    {
        private readonly HashSet<string> _again = new(StringComparer.Ordinal);

        public override bool SendsAgain(in OrderCommand order) => _again.Add(order.ClientOrderId);
    }

    /// <summary>Looks at the kill switch when the command comes, not when the order leaves.</summary>
    private sealed class ChecksKillBefore(SimulatedWorld world) : SendRights(world)
    {
        private readonly Dictionary<string, SendVerdict?> _tripped = new(StringComparer.Ordinal);

        public override void Takes(in OrderCommand order) => _tripped[order.ClientOrderId] = base.Trip(in order);

        protected override SendVerdict? Trip(in OrderCommand order) => _tripped[order.ClientOrderId];
    }
}
