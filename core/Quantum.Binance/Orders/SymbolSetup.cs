using System.Collections.Concurrent;
using Binance.Net.Clients;
using Binance.Net.Enums;
using Quantum.Binance.Calls;
using Quantum.Contracts.Units;
using Quantum.Exchanges.Budget;

namespace Quantum.Binance.Orders;

/// <summary>
/// Leverage and margin mode of symbols: set and read back, and remembered until the exchange tells of a change or could
/// have told of one unheard. What is refused is a matter of its symbol alone, and tried again after pauses that grow.
/// </summary>
internal sealed class SymbolSetup(
    BinanceSettings settings, BinanceRestClient rest, BinanceCalls calls, TimeProvider time) : IDisposable
{
    private const int FirstPauseMs = 2_000;
    private const int LongestPauseMs = 300_000;

    /// <summary>Of what was not refused but not answered.</summary>
    private const int LongestUnansweredMs = 10_000;

    /// <summary>What was refused last, by what was wanted; a null leverage stands for the margin mode alone.</summary>
    private readonly ConcurrentDictionary<(Symbol Symbol, int? Leverage), Refused> _refused = new();
    private readonly ConcurrentDictionary<Symbol, int> _leverage = new();
    private readonly ConcurrentDictionary<Symbol, int> _asked = new();
    private readonly ConcurrentDictionary<Symbol, bool> _margin = new();
    private readonly SemaphoreSlim _one = new(1, 1);

    private FuturesMarginType Margin => settings.IsolatedMargin ? FuturesMarginType.Isolated : FuturesMarginType.Cross;

    /// <summary>The exchange tells a leverage: one that nobody here asked for makes ours no longer certain.</summary>
    /// <returns>The leverage that was in force until then; null when it is ours, or none was known.</returns>
    public int? Changed(Symbol symbol, int leverage)
    {
        // What was asked for is told too, and may be told before the answer comes.
        if (_asked.TryGetValue(symbol, out var asked) && asked == leverage) return null;
        if (!_leverage.TryGetValue(symbol, out var known) || known == leverage) return null;
        _leverage.TryRemove(symbol, out _);
        return known;
    }

    /// <summary>Something may have changed unheard.</summary>
    public void Forget()
    {
        _leverage.Clear();
        _margin.Clear();
    }

    /// <summary>Makes margin mode, and leverage where one is named, be in force.</summary>
    /// <returns>Null when they are; else why they are not: then no order may be sent.</returns>
    public async ValueTask<Answer?> EnsureAsync(
        Symbol symbol, int? leverage, RequestUrgency urgency, long latestMs, CancellationToken cancel)
    {
        if (IsInForce(symbol, leverage)) return null;
        if (Pausing(symbol, leverage) is { } paused) return paused;
        await _one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (IsInForce(symbol, leverage)) return null;
            return await SetAsync(new Way(symbol, urgency, latestMs), leverage, cancel).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private bool IsInForce(Symbol symbol, int? leverage) => _margin.ContainsKey(symbol)
        && (leverage is not { } wanted || (_leverage.TryGetValue(symbol, out var known) && known == wanted));

    // What is so already may not be set again while an order is open: what was refused counts only when it is not so.
    private async ValueTask<Answer?> SetAsync(Way way, int? leverage, CancellationToken cancel)
    {
        if (!_margin.ContainsKey(way.Symbol))
        {
            var margin = await SetMarginAsync(way, cancel).ConfigureAwait(false);
            if (IsUnsent(margin)) return margin;
            if (margin is not null && await ReadBackAsync(way, null, cancel).ConfigureAwait(false) is not null)
                return Remember((way.Symbol, null), margin.Value);
        }

        var set = leverage is { } wanted ? await SetLeverageAsync(way, wanted, cancel).ConfigureAwait(false) : null;
        if (IsUnsent(set)) return set;
        var answer = await ReadBackAsync(way, leverage, cancel).ConfigureAwait(false);
        if (answer is { } why) return Remember((way.Symbol, leverage), set ?? why);
        _refused.TryRemove((way.Symbol, null), out _);
        _refused.TryRemove((way.Symbol, leverage), out _);
        return null;
    }

    private static bool IsUnsent(Answer? answer) => answer is { Kind: AnswerKind.RateRefused or AnswerKind.Held };

    private Answer? Pausing(Symbol symbol, int? leverage)
    {
        foreach (var wanted in (int?[])[null, leverage])
        {
            if (_refused.TryGetValue((symbol, wanted), out var refused) && time.NowMs() < refused.UntilMs)
                return refused.Answer;
        }

        return null;
    }

    private Answer Remember((Symbol, int?) what, Answer answer)
    {
        var longestMs = answer.ReasonCode == "leverage_unconfirmed" ? LongestUnansweredMs : LongestPauseMs;
        var pauseMs = _refused.TryGetValue(what, out var before)
            ? Math.Min(2 * before.PauseMs, longestMs)
            : FirstPauseMs;
        _refused[what] = new Refused(answer, pauseMs, time.NowMs() + pauseMs);
        return answer;
    }

    private async ValueTask<Answer?> SetMarginAsync(Way way, CancellationToken cancel)
    {
        var reply = await calls.SendAsync("margin_mode", way.Urgency, Costs.One, way.LatestMs, async () =>
        {
            var result = await rest.UsdFuturesApi.Account.ChangeMarginTypeAsync(
                way.Symbol.Name, Margin, ct: cancel).ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel).ConfigureAwait(false);
        return Refusal(reply.Outcome);
    }

    private async ValueTask<Answer?> SetLeverageAsync(Way way, int leverage, CancellationToken cancel)
    {
        _asked[way.Symbol] = leverage;
        var reply = await calls.SendAsync("leverage", way.Urgency, Costs.One, way.LatestMs, async () =>
        {
            var result = await rest.UsdFuturesApi.Account.ChangeInitialLeverageAsync(
                way.Symbol.Name, leverage, ct: cancel).ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel).ConfigureAwait(false);
        return Refusal(reply.Outcome);
    }

    // What nobody knows the fate of is seen when it is read back.
    private static Answer? Refusal(CallOutcome outcome)
    {
        var answer = BinanceAnswers.Judge(in outcome);
        return answer.Kind is AnswerKind.Refused or AnswerKind.RateRefused or AnswerKind.Held ? answer : null;
    }

    private async ValueTask<Answer?> ReadBackAsync(Way way, int? leverage, CancellationToken cancel)
    {
        var reply = await calls.AskAsync("symbol_config", Costs.Account, async () =>
        {
            var result = await rest.UsdFuturesApi.Account.GetSymbolConfigurationAsync(
                way.Symbol.Name, ct: cancel).ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel, way.Urgency, way.LatestMs).ConfigureAwait(false);
        if (reply.Data is not { } rows) return Unconfirmed(Refusal(reply.Outcome), reply.Outcome.Words);
        var row = rows.FirstOrDefault(known => known.Symbol == way.Symbol.Name);
        if (row is null) return Unconfirmed(null, $"the venue tells no settings of {way.Symbol}");
        if (row.MarginType != Margin)
        {
            return new Answer(
                AnswerKind.Refused, "margin_mode",
                $"{way.Symbol} has margin mode {row.MarginType}, wanted is {Margin}");
        }

        _margin[way.Symbol] = true;
        if (row.Leverage >= 1) _leverage[way.Symbol] = (int)row.Leverage;
        return leverage is { } wanted && row.Leverage != wanted
            ? new Answer(
                AnswerKind.Refused, "leverage_not_in_force",
                $"{way.Symbol} has leverage {row.Leverage}, wanted is {wanted}")
            : null;
    }

    private static Answer Unconfirmed(Answer? refusal, string words) =>
        refusal ?? new Answer(AnswerKind.Refused, "leverage_unconfirmed", words);

    private readonly record struct Refused(Answer Answer, int PauseMs, long UntilMs);

    private readonly record struct Way(Symbol Symbol, RequestUrgency Urgency, long LatestMs);
}
