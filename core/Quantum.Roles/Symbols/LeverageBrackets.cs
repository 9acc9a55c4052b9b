namespace Quantum.Roles.Symbols;

/// <summary>
/// A symbol's margin table: the larger the position, the lower the leverage and the higher the margin it must keep.
/// Each step's fraction holds for the part of the notional inside it, as with a tax: what the exchange publishes as
/// <c>maintMarginRatio</c> and <c>cum</c>.
/// </summary>
public sealed class LeverageBrackets
{
    /// <summary>Highest leverage that a table may name.</summary>
    public const int MostLeverage = 200;

    private readonly LeverageBracket[] _steps;

    /// <summary>Takes the steps from the smallest cap on; throws <see cref="ArgumentException"/> on an impossible
    /// table.</summary>
    public LeverageBrackets(params IEnumerable<LeverageBracket> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        _steps = [.. steps];
        if (FaultOf(_steps) is { } fault) throw new ArgumentException(fault);
    }

    /// <summary>
    /// What is assumed of a symbol whose table is not known: no leverage, and a quarter of the notional kept.
    /// </summary>
    public static LeverageBrackets Assumed { get; } = new(new LeverageBracket(1_000_000, 1, 0.25m));

    public IReadOnlyList<LeverageBracket> Steps => _steps;

    /// <summary>Highest leverage of all, that of the smallest positions, from 1.</summary>
    public int MaxLeverage => _steps[0].MaxLeverage;

    /// <summary>Largest position that any leverage allows, USD.</summary>
    public decimal MaxNotionalUsd => _steps[^1].NotionalCapUsd;

    /// <summary>What is wrong with a table, in words with the values; null when nothing is.</summary>
    public static string? FaultOf(IReadOnlyList<LeverageBracket> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        if (steps.Count == 0) return "a leverage table without steps";
        var before = new LeverageBracket(0, MostLeverage, 0);
        foreach (var step in steps)
        {
            if (step.NotionalCapUsd <= before.NotionalCapUsd)
                return $"bracket cap {step.NotionalCapUsd} USD is not above {before.NotionalCapUsd} USD";
            if (step.MaxLeverage < 1 || step.MaxLeverage > before.MaxLeverage)
                return $"bracket leverage {step.MaxLeverage} is outside 1 to {before.MaxLeverage}";
            if (step.MaintenanceFraction <= 0 || step.MaintenanceFraction >= 1)
                return $"maintenance margin {step.MaintenanceFraction} is outside 0 to 1";
            if (step.MaintenanceFraction < before.MaintenanceFraction)
                return $"maintenance margin {step.MaintenanceFraction} falls below {before.MaintenanceFraction}";
            before = step;
        }

        return null;
    }

    /// <summary>
    /// What the exchange publishes as a step's <c>cum</c>: notional times its fraction, less this, is what a position
    /// in the step must keep, USD.
    /// </summary>
    /// <param name="step">Number of the step, from 0.</param>
    public decimal DeductedUsd(int step)
    {
        var (floorUsd, deductedUsd, before) = (0m, 0m, 0m);
        for (var i = 0; i <= step; i++)
        {
            deductedUsd += floorUsd * (_steps[i].MaintenanceFraction - before);
            (floorUsd, before) = (_steps[i].NotionalCapUsd, _steps[i].MaintenanceFraction);
        }

        return deductedUsd;
    }

    /// <summary>Highest leverage for a position of this notional, USD; null when none is allowed.</summary>
    public int? MaxLeverageFor(decimal notionalUsd)
    {
        foreach (var step in _steps)
            if (notionalUsd <= step.NotionalCapUsd) return step.MaxLeverage;
        return null;
    }

    /// <summary>The last step's fraction of a position of this notional, USD: never less than the whole's.</summary>
    public decimal MaintenanceFractionAt(decimal notionalUsd)
    {
        foreach (var step in _steps)
            if (notionalUsd <= step.NotionalCapUsd) return step.MaintenanceFraction;
        return _steps[^1].MaintenanceFraction;
    }

    /// <summary>What a position of this notional must keep, USD.</summary>
    public decimal MaintenanceUsd(decimal notionalUsd)
    {
        // Asked at each price of what is held, and most of it is within the first step.
        if (notionalUsd <= _steps[0].NotionalCapUsd) return notionalUsd * _steps[0].MaintenanceFraction;
        var (floorUsd, keptUsd) = (0m, 0m);
        for (var i = 0; i < _steps.Length; i++)
        {
            ref readonly var step = ref _steps[i];
            var isLast = notionalUsd <= step.NotionalCapUsd || i == _steps.Length - 1;
            keptUsd += ((isLast ? notionalUsd : step.NotionalCapUsd) - floorUsd) * step.MaintenanceFraction;
            if (isLast) break;
            floorUsd = step.NotionalCapUsd;
        }

        return keptUsd;
    }

    /// <summary>
    /// The price at which <c>otherUsd + held * (price - entry)</c> falls to what the position must keep; null when no
    /// price above 0 does.
    /// </summary>
    /// <param name="held">Signed base quantity, not 0.</param>
    /// <param name="entryPrice">Quote currency.</param>
    /// <param name="otherUsd">What else stands behind it, USD.</param>
    public decimal? LiquidationPrice(decimal held, decimal entryPrice, decimal otherUsd)
    {
        // Inside a step: other + held * (p - entry) = |held| * p * fraction - deducted.
        var (floorUsd, deductedUsd, before) = (0m, 0m, 0m);
        foreach (var step in _steps)
        {
            deductedUsd += floorUsd * (step.MaintenanceFraction - before);
            var price = (held * entryPrice - otherUsd - deductedUsd)
                / (held - Math.Abs(held) * step.MaintenanceFraction);
            var notionalUsd = Math.Abs(held) * price;
            if (price <= 0 && held > 0) return null;
            if (notionalUsd > floorUsd && (notionalUsd <= step.NotionalCapUsd || step == _steps[^1])) return price;
            (floorUsd, before) = (step.NotionalCapUsd, step.MaintenanceFraction);
        }

        return null;
    }

    public override string ToString() => string.Join(' ', _steps);
}
