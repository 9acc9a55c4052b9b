using System.Diagnostics;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Symbols;

namespace Quantum.Bench.Orders;

/// <summary>
/// Trades one symbol over and over: an entry either way, some moves of its stop, exits in part, the close. It asks for
/// one thing after the other and goes by the results alone.
/// </summary>
internal sealed class SymbolTrader(SymbolFilters filters, PlayedServices services, PriceRelay prices, Random random)
{
    private const decimal NotionalUsd = 400;
    private const int MostSteps = 4;

    // Near ones are hit now and then, far ones are not.
    private static readonly decimal[] s_stopFractions = [0.001m, 0.004m, 0.02m];
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_pauseAfterRefusal = TimeSpan.FromSeconds(1);

    private string? _asked;
    private long _askedAt;
    private decimal _held;
    private decimal? _stop;
    private int _stepsLeft;
    private bool _wasRefused;

    /// <summary>True while nothing is held and nothing asked for, as far as the results tell.</summary>
    public bool IsFlat => _held == 0 && _asked is null;

    public void Take(ToldResult result)
    {
        if (result.PositionQuantity is { } held) _held = held;
        _stop = _held == 0 ? null : result.StopPrice ?? _stop;
        if (!result.IsIntent || result.IntentId != _asked) return;
        (_asked, _wasRefused) = (null, result.Outcome is not ("filled" or "partially_filled" or "applied"));
    }

    /// <summary>Asks for the next thing where the last one has ended.</summary>
    /// <param name="mayOpen">False: what is held is closed, nothing is opened.</param>
    public void Step(bool mayOpen)
    {
        if (_asked is not null || prices.PriceOf(filters.Symbol) is not { } price) return;
        if (Stopwatch.GetElapsedTime(_askedAt) < (_wasRefused ? s_pauseAfterRefusal : s_pause)) return;
        if (_held == 0)
        {
            if (mayOpen) Enter(price);
            return;
        }

        if (mayOpen && _stepsLeft > 0 && Between(price) is { } wish) Ask(wish);
        else Ask(Exit());
    }

    private void Enter(decimal price)
    {
        var side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
        var fraction = s_stopFractions[random.Next(s_stopFractions.Length)];
        _stepsLeft = random.Next(MostSteps + 1);
        Ask(new TradeIntent
        {
            Symbol = filters.Symbol, Side = side, Confidence = 0.9, PositionSizeUsd = NotionalUsd, Leverage = 2,
            StopLoss = price * (1 - side.Sign() * fraction), ReduceOnly = false, Reason = "signal",
            Ilf = IlfContext.Unknown,
        });
    }

    // A tighter stop or half an exit; null where neither can be.
    private TradeIntent? Between(decimal price)
    {
        _stepsLeft--;
        if (random.Next(3) == 0)
        {
            var half = filters.FloorQuantity(Math.Abs(_held) / 2);
            return half >= filters.MinQuantity ? Exit() with { Quantity = half, Reason = "take_profit_1" } : null;
        }

        if (_stop is not { } stop) return null;
        var side = _held > 0 ? PositionSide.Long : PositionSide.Short;
        var tighter = filters.TighterStop(side, stop + (price - stop) / 3);
        return tighter == stop ? null : Exit() with { StopLoss = tighter, Reason = TradeIntent.MoveStopReason };
    }

    private TradeIntent Exit() => new()
    {
        Symbol = filters.Symbol, Side = _held > 0 ? Side.Sell : Side.Buy, Confidence = 0.9, ReduceOnly = true,
        Reason = "time_stop", Ilf = IlfContext.Unknown,
    };

    private void Ask(TradeIntent wish)
    {
        _asked = services.Ask(in wish);
        _askedAt = Stopwatch.GetTimestamp();
    }
}
