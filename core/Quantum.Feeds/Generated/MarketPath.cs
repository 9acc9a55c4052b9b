namespace Quantum.Feeds.Generated;

/// <summary>
/// The path of one generated market, one second a step. Log return: drift and volatility of the regime times the
/// symbol's factor, half of the variance common to all symbols, plus rare jumps, plus the planted momentum. Log value
/// traded: AR(1), raised by large returns. Funding: Ornstein-Uhlenbeck around 0.01 % per 8 h. Bybit and OKX quote the
/// price of one and two seconds ago plus a basis. The planted edge: with z the exponentially weighted mean of the past
/// shocks (memory <see cref="MomentumSeconds"/>), in its deviations, the price drifts so that edge times z times
/// <see cref="EdgeUnitFraction"/> is still to come: what moved lately goes on moving. The regimes' drift grows with it,
/// so an edge of 0 leaves a market that cannot be foretold.
/// </summary>
public sealed class MarketPath
{
    /// <summary>Mean time between two jumps of one symbol, seconds.</summary>
    public const double JumpEverySeconds = 6 * 3600;

    /// <summary>Deviation of a jump as a log return, before the symbol's factor.</summary>
    public const double JumpDeviation = 0.004;

    /// <summary>What funding returns to, per 8 hours, fraction.</summary>
    public const double FundingMean = 0.0001;

    /// <summary>Deviation of funding in the long run, per 8 hours, fraction.</summary>
    public const double FundingDeviation = 0.00015;

    /// <summary>In which half of a distance from the mean is gone, seconds.</summary>
    public const double FundingHalfLifeSeconds = 6 * 3600;

    /// <summary>The memory of the planted momentum, seconds: after so long 1/e of it is left.</summary>
    public const double MomentumSeconds = 900;

    /// <summary>
    /// What an edge of 1 is worth where the momentum is one deviation: an ordinary round trip, two taking fees of
    /// 0.05 % and a spread of 0.02 %.
    /// </summary>
    public const double EdgeUnitFraction = 0.0012;

    internal const double SecondsPerYear = 365.0 * 24 * 3600;
    private const double FundingLimit = 0.0075;
    private const double CommonShare = 0.7071067811865476;
    private const double ValueMemory = 0.995;
    private const double ValueShock = 0.08;
    private const double BasisMemory = 0.98;
    private const double BasisShock = 0.00002;
    private const double ThetaPerSecond = 0.6931471805599453 / FundingHalfLifeSeconds;

    private static readonly double s_momentumMemory = Math.Exp(-1 / MomentumSeconds);
    private static readonly double s_momentumShock = Math.Sqrt(1 - s_momentumMemory * s_momentumMemory);

    private readonly GeneratedSymbol _symbol;
    private readonly double _edge;
    private readonly Xoshiro256 _chance;
    private readonly double[] _basis = new double[3];
    private readonly double[] _older;
    private double _logValue;

    internal MarketPath(GeneratedSymbol symbol, ulong seed, double edge = GeneratedSettings.UsualEdge)
    {
        (_symbol, _edge) = (symbol, edge);
        _chance = Xoshiro256.For(seed, symbol.Symbol.Name);
        Price = (double)symbol.StartPrice;
        _older = [Price, Price, Price];
    }

    public GeneratedSymbol Symbol => _symbol;

    /// <summary>Price before rounding, USDT.</summary>
    public double Price { get; private set; }

    /// <summary>Log return of the last second.</summary>
    public double LastReturn { get; private set; }

    /// <summary>Value traded in the last second, USD.</summary>
    public double ValueUsd { get; private set; }

    /// <summary>Per 8 hours, fraction.</summary>
    public double FundingRate { get; private set; } = FundingMean;

    /// <summary>Jumps so far, 0 or more.</summary>
    public long Jumps { get; private set; }

    /// <summary>z: the mean of the past shocks in its deviations, about -3 to 3.</summary>
    public double Momentum { get; private set; }

    /// <summary>
    /// The log return that the planted rule lets expect over a time from now on, edge * unit * z * (1 - e^(-seconds /
    /// memory)); the drift of a regime, which nobody is told of, is not in it.
    /// </summary>
    public double ExpectedReturn(double seconds) =>
        _edge * EdgeUnitFraction * Momentum * (1 - Math.Exp(-seconds / MomentumSeconds));

    /// <summary>One second on.</summary>
    /// <param name="regime">The market's weather.</param>
    /// <param name="common">The normal shock that all symbols share.</param>
    internal void Advance(RegimeChain regime, double common)
    {
        var deviation = regime.AnnualVolatility * _symbol.VolatilityFactor / Math.Sqrt(SecondsPerYear);
        var own = _chance.NextNormal();
        var shock = CommonShare * (common + own);
        var drift = regime.DriftPerHour / 3600 * (_edge / GeneratedSettings.UsualEdge);
        var momentum = _edge * EdgeUnitFraction * Momentum * (1 - s_momentumMemory);
        var step = drift + momentum + deviation * shock;
        Momentum = s_momentumMemory * Momentum + s_momentumShock * shock;
        if (_chance.NextUniform() < 1 / JumpEverySeconds)
        {
            Jumps++;
            step += JumpDeviation * _symbol.VolatilityFactor * _chance.NextNormal();
        }

        (_older[2], _older[1], _older[0]) = (_older[1], _older[0], Price);
        LastReturn = step;
        Price *= Math.Exp(step);
        _logValue = ValueMemory * _logValue + ValueShock * _chance.NextNormal();
        var excitement = 1 + Math.Min(Math.Abs(step) / deviation, 8);
        ValueUsd = _symbol.ValuePerSecondUsd * Math.Exp(_logValue - 0.3) * excitement / 2;
        for (var i = 1; i < _basis.Length; i++) _basis[i] = BasisMemory * _basis[i] + BasisShock * _chance.NextNormal();
        FundingRate += ThetaPerSecond * (FundingMean - FundingRate)
            + FundingDeviation * Math.Sqrt(2 * ThetaPerSecond) * _chance.NextNormal();
        FundingRate = Math.Clamp(FundingRate, -FundingLimit, FundingLimit);
    }

    /// <summary>The last price on the grid of the symbol's tick size.</summary>
    public decimal LastPrice => OnGrid(Price);

    /// <summary>The last second's quantity, base units, at least the smallest.</summary>
    public decimal Quantity => Math.Max(
        _symbol.QuantityStep, Math.Round((decimal)(ValueUsd / Price) / _symbol.QuantityStep) * _symbol.QuantityStep);

    /// <summary>Best bid and ask of a venue: 0 binance, 1 bybit, 2 okx.</summary>
    public (decimal Bid, decimal Ask) Book(int venue)
    {
        var price = (venue == 0 ? Price : _older[venue - 1]) * (1 + _basis[venue]);
        var half = Math.Max((double)_symbol.TickSize, price * _symbol.SpreadFraction * (1 + 0.5 * venue)) / 2;
        var bid = Math.Floor((decimal)(price - half) / _symbol.TickSize) * _symbol.TickSize;
        bid = Math.Max(bid, _symbol.TickSize);
        var ask = Math.Ceiling((decimal)(price + half) / _symbol.TickSize) * _symbol.TickSize;
        return (bid, Math.Max(ask, bid + _symbol.TickSize));
    }

    /// <summary>Mean of the venues' mids.</summary>
    public decimal MarkPrice
    {
        get
        {
            var sum = 0m;
            for (var venue = 0; venue < _basis.Length; venue++)
            {
                var (bid, ask) = Book(venue);
                sum += bid + ask;
            }

            return Math.Round(sum / (2 * _basis.Length), 8);
        }
    }

    private decimal OnGrid(double price) =>
        Math.Max(Math.Round((decimal)price / _symbol.TickSize), 1) * _symbol.TickSize;
}
