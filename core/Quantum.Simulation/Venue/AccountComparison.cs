using Quantum.Roles.Executor;
using Quantum.Roles.Venue;

namespace Quantum.Simulation.Venue;

/// <summary>
/// Compares the whole account: at the start, after every gap of the stream, and every half minute. What was missed is
/// told first, then positions, orders and the balance, as the executor's <c>AccountWatch</c> does.
/// </summary>
internal sealed class AccountComparison(SimulatedWorld world, VenueLanes lanes)
{
    private const long EveryMs = 30_000;
    private const long RetryMs = 2_000;

    private long _number;
    private bool _isUnderWay;

    public void Begin()
    {
        if (_isUnderWay || !lanes.IsAlive || world.VenueOwner != lanes.Owner) return;
        _isUnderWay = true;
        _number++;
        lanes.ResolveOpen();
        world.Wire.ReadAccount(account =>
        {
            if (account is null) End(RetryMs);
            else ReadFills(account, new Queue<string>(world.Ledger.Symbols), isQuiet: true);
        });
    }

    private void End(long pauseMs)
    {
        _isUnderWay = false;
        var number = _number;
        // One that was made meanwhile comes in its place.
        world.After(pauseMs, () =>
        {
            if (number == _number) Begin();
        });
    }

    private void ReadFills(AccountReading account, Queue<string> symbols, bool isQuiet)
    {
        if (!lanes.IsAlive) return;
        if (!symbols.TryDequeue(out var name))
        {
            TellAll(account);
            End(isQuiet ? EveryMs : RetryMs);
            return;
        }

        var symbol = Symbol.Parse(name);
        var sinceMs = (world.Ledger.FillsReadToMs(symbol) ?? SimulatedWorld.FirstMs) - EveryMs;
        world.Wire.ReadFills(symbol, sinceMs, fills =>
        {
            if (fills is null)
            {
                End(RetryMs);
                return;
            }

            foreach (var fill in fills) isQuiet &= lanes.Tell(in fill).Ms < account.BeganMs;
            world.Ledger.NoteFillsRead(symbol, account.BeganMs);
            ReadFills(account, symbols, isQuiet);
        });
    }

    private void TellAll(AccountReading account)
    {
        foreach (var name in world.Ledger.Symbols) Tell(Symbol.Parse(name), account);
        foreach (var order in account.View.Orders) Tell(order);
        lanes.Tell(
            Empty(UpdateKind.Balance, world.Symbols[0]) with { WalletUsd = account.View.WalletUsd }, account.BeganMs);
    }

    private void Tell(Symbol symbol, AccountReading account)
    {
        var held = account.View.Positions.FirstOrDefault(position => position.Symbol == symbol);
        var quantity = held?.Quantity ?? 0;
        var closing = quantity > 0 ? Side.Sell : quantity < 0 ? Side.Buy : Side.Sell;
        var covered = account.View.Orders
            .Where(order => order.Command.Symbol == symbol && order.Command.ReduceOnly
                && order.Command.Side == closing && ExecutorRole.IsOurs(order.Command.ClientOrderId)
                && order.Command.Type is OrderType.StopMarket or OrderType.StopLimit)
            .Sum(order => order.Command.Quantity - order.FilledQuantity);
        lanes.Tell(
            Empty(UpdateKind.Position, symbol) with
            {
                PositionQuantity = quantity, PositionEntryPrice = quantity == 0 ? null : held!.EntryPrice,
                LiquidationPrice = held?.LiquidationPrice, Leverage = held?.Leverage, StopQuantity = covered,
            },
            account.BeganMs);
    }

    private void Tell(SimVenueOrder order) => lanes.Tell(Empty(UpdateKind.Order, order.Command.Symbol) with
    {
        ClientOrderId = order.Command.ClientOrderId, VenueOrderId = order.VenueOrderId, Side = order.Command.Side,
        Status = order.FilledQuantity > 0 ? OrderStatus.PartiallyFilled : OrderStatus.Accepted,
    });

    private static OrderUpdate Empty(UpdateKind kind, Symbol symbol) => new()
    {
        Kind = kind, Symbol = symbol, Status = OrderStatus.Accepted, LastFillQuantity = 0, CumulativeQuantity = 0,
        FeeUsd = 0,
    };
}
