using System.Collections.Concurrent;
using Binance.Net.Clients;
using Binance.Net.Enums;
using Quantum.Binance.Calls;
using Quantum.Contracts.Units;
using Quantum.Exchanges.Budget;

namespace Quantum.Binance.Orders;

/// <summary>
/// Leverage and margin mode of symbols: set and read back, and remembered until the exchange tells of a change or could
/// have told of one unheard.
/// </summary>
internal sealed class SymbolSetup(BinanceSettings settings, BinanceRestClient rest, BinanceCalls calls) : IDisposable
{
    private readonly ConcurrentDictionary<Symbol, int> _leverage = new();
    private readonly ConcurrentDictionary<Symbol, bool> _margin = new();
    private readonly SemaphoreSlim _one = new(1, 1);

    private FuturesMarginType Margin => settings.IsolatedMargin ? FuturesMarginType.Isolated : FuturesMarginType.Cross;

    /// <summary>The exchange tells a leverage: another one than ours is no longer taken for granted.</summary>
    public void Changed(Symbol symbol, int leverage)
    {
        if (!_leverage.TryGetValue(symbol, out var known) || known == leverage) return;
        _leverage.TryRemove(symbol, out _);
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
        await _one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (IsInForce(symbol, leverage)) return null;
            var way = new Way(symbol, urgency, latestMs);
            if (!_margin.ContainsKey(symbol) && await SetMarginAsync(way, cancel).ConfigureAwait(false) is { } margin)
                return margin;
            if (leverage is { } wanted && await SetLeverageAsync(way, wanted, cancel).ConfigureAwait(false) is { } set)
                return set;
            return await ReadBackAsync(way, leverage, cancel).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private bool IsInForce(Symbol symbol, int? leverage) => _margin.ContainsKey(symbol)
        && (leverage is not { } wanted || (_leverage.TryGetValue(symbol, out var known) && known == wanted));

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

    private readonly record struct Way(Symbol Symbol, RequestUrgency Urgency, long LatestMs);
}
