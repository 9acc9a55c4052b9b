"""Figures of a backtest, written a second time from their definitions: python3 reference.py prints what the tests hold
the product to. Only the standard library. Definitions and sources: docs/BACKTEST.md."""

import itertools
import math
import statistics

YEAR = 365
NORMAL = statistics.NormalDist()
EQUITY = [10000, 10120, 10080.5, 10250, 10190, 9900, 9950, 10010, 10300, 10280, 10410, 10390, 10600]
TRADES = [(30, 1.5), (-20, -1.0), (45.5, 2.2), (-12.25, -0.6), (-21, -1.05), (60, 3.1), (5, 0.2)]


def returns_of(equity):
    return [b / a - 1 for a, b in zip(equity, equity[1:])]


def shape(values):
    n, mean = len(values), statistics.fmean(values)
    central = [statistics.fmean([(v - mean) ** k for v in values]) for k in (2, 3, 4)]
    return central[1] / central[0] ** 1.5, central[2] / central[0] ** 2, n


def sharpe(values):
    return statistics.fmean(values) / statistics.stdev(values)


def sharpe_error(values):
    skew, kurtosis, n = shape(values)
    s = sharpe(values)
    return math.sqrt((1 - skew * s + (kurtosis - 1) / 4 * s * s) / (n - 1))


def sortino(values):
    return statistics.fmean(values) / math.sqrt(sum(min(v, 0) ** 2 for v in values) / len(values))


def drawdown(equity):
    peak, deepest = equity[0], 0
    for e in equity:
        peak = max(peak, e)
        deepest = max(deepest, (peak - e) / peak)
    return deepest


def probabilistic_sharpe(s, benchmark, n, skew, kurtosis):
    return NORMAL.cdf((s - benchmark) * math.sqrt(n - 1) / math.sqrt(1 - skew * s + (kurtosis - 1) / 4 * s * s))


def expected_best(trials, variance):
    gamma = 0.5772156649015329
    return math.sqrt(variance) * ((1 - gamma) * NORMAL.inv_cdf(1 - 1 / trials)
                                  + gamma * NORMAL.inv_cdf(1 - 1 / (trials * math.e)))


def overfitting(columns, blocks):
    """Columns: one row of returns a trial. CSCV: share of the splits whose best trial ends at or below the median."""
    length = len(columns[0])
    edges = [length * i // blocks for i in range(blocks + 1)]
    splits = losses = 0
    for chosen in itertools.combinations(range(blocks), blocks // 2):
        inside = [i for b in chosen for i in range(edges[b], edges[b + 1])]
        outside = [i for i in range(length) if i not in set(inside)]
        scores_in = [sharpe([c[i] for i in inside]) for c in columns]
        scores_out = [sharpe([c[i] for i in outside]) for c in columns]
        best = max(range(len(columns)), key=lambda k: (scores_in[k], -k))
        rank = sum(s < scores_out[best] for s in scores_out) + (sum(s == scores_out[best] for s in scores_out) + 1) / 2
        omega = rank / (len(columns) + 1)
        splits += 1
        losses += math.log(omega / (1 - omega)) <= 0
    return losses / splits, splits


def made_up(trials, length):
    """A fixed row of numbers that looks like chance."""
    state, columns = 12345, []
    for _ in range(trials):
        column = []
        for _ in range(length):
            state = (state * 1103515245 + 12345) % 2147483648
            column.append((state >> 16) % 2001 / 1000 - 1)
        columns.append(column)
    return columns


def main():
    r = returns_of(EQUITY)
    growth, days = EQUITY[-1] / EQUITY[0], len(r)
    annual = growth ** (YEAR / days) - 1
    print("sharpe", sharpe(r) * math.sqrt(YEAR), "error", sharpe_error(r) * math.sqrt(YEAR))
    print("sortino", sortino(r) * math.sqrt(YEAR))
    print("annual", annual, "calmar", annual / drawdown(EQUITY), "drawdown", drawdown(EQUITY))
    print("volatility", statistics.stdev(r) * math.sqrt(YEAR))
    usd, multiples = [t[0] for t in TRADES], [t[1] for t in TRADES]
    print("profit factor", sum(u for u in usd if u > 0) / -sum(u for u in usd if u < 0))
    print("expectancy", statistics.fmean(multiples), statistics.stdev(multiples) / math.sqrt(len(multiples)))
    print("mean usd", statistics.fmean(usd), statistics.stdev(usd) / math.sqrt(len(usd)))
    # Bailey and Lopez de Prado 2014: 100 trials whose yearly ratios vary by 1/2, 1250 days, 2.5 a year, -3 and 10.
    best = expected_best(100, 0.5 / 250)
    print("deflated", best, probabilistic_sharpe(2.5 / math.sqrt(250), best, 1250, -3, 10))
    fewer = expected_best(46, 0.5 / 250)
    print("deflated 46", probabilistic_sharpe(2.5 / math.sqrt(250), fewer, 1250, -3, 10))
    print("overfitting", overfitting(made_up(7, 61), 8))
    print("overfitting", overfitting(made_up(4, 40), 4))


main()
