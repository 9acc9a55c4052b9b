using System.Globalization;
using System.Net;
using Binance.Net.Clients;
using Quantum.Binance.Calls;
using Quantum.Binance.Orders;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Exchanges;
using Quantum.Exchanges.Budget;

namespace Quantum.Binance.Account;

/// <summary>What must hold before any order.</summary>
internal sealed class AccountChecks(
    BinanceSettings settings, BinanceRestClient rest, BinanceCalls calls, SymbolSetup setup, TimeProvider time)
{
    public async ValueTask PrepareAsync(CancellationToken cancel)
    {
        await CheckClockAsync(cancel).ConfigureAwait(false);
        await CheckAccountAsync(cancel).ConfigureAwait(false);
        await CheckFeesAsync(cancel).ConfigureAwait(false);
    }

    public async ValueTask<VenueNotice?> PrepareSymbolAsync(Symbol symbol, CancellationToken cancel)
    {
        var refusal = await setup.EnsureAsync(
            symbol, null, RequestUrgency.Query, calls.Patience, cancel).ConfigureAwait(false);
        if (refusal is not { } why) return null;
        var mend = why.ReasonCode switch
        {
            "setup_blocked" or "margin_mode" =>
                "close its position and orders at the exchange, or set Binance:IsolatedMargin to what it has",
            "leverage_unconfirmed" or BinanceAnswers.RateLimited or BinanceAnswers.Banned =>
                "none while the exchange is away: it is asked again",
            _ => "correct that at the exchange, or leave the symbol out",
        };
        return new VenueNotice(
            FindingCodes.EntriesBlocked, symbol.Name, Severity.Warning,
            $"{symbol} takes no entries: its margin mode is not in force ({why.ReasonCode}), {why.Words}. Exits and "
            + "stops go on, and so do all other symbols; it is tried again.", mend);
    }

    private async ValueTask CheckClockAsync(CancellationToken cancel)
    {
        long sentMs = 0;
        var reply = await calls.AskAsync("time", Costs.One, async () =>
        {
            sentMs = time.NowMs();
            var result = await rest.UsdFuturesApi.ExchangeData.GetServerTimeAsync(ct: cancel).ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel).ConfigureAwait(false);
        Refuse("the exchange's time", reply.Outcome);
        var (receivedMs, serverMs) = (time.NowMs(), reply.Data.Ms());
        var offsetMs = OffsetMs(sentMs, receivedMs, serverMs);
        if (Math.Abs(offsetMs) <= settings.MaxClockOffsetMs) return;
        throw new VenueException(string.Create(
            CultureInfo.InvariantCulture,
            $"this machine's clock is {Math.Abs(offsetMs)} ms {(offsetMs < 0 ? "ahead of" : "behind")} the exchange's")
            + $", {settings.MaxClockOffsetMs} ms is the most (Binance:MaxClockOffsetMs): synchronise it, for example "
            + "with chrony.");
    }

    private async ValueTask CheckAccountAsync(CancellationToken cancel)
    {
        var reply = await calls.AskAsync("account_config", Costs.Account, async () =>
        {
            var result = await rest.UsdFuturesApi.Account.GetAccountConfigurationAsync(ct: cancel)
                .ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel).ConfigureAwait(false);
        Refuse("the account's settings", reply.Outcome);
        var account = reply.Data!;
        if (account.DualSidePosition) throw AccountReader.HedgeMode();
        if (!account.CanTrade)
        {
            throw new VenueException(
                "the account may not trade: allow futures trading for it at the exchange, and for the key.");
        }
    }

    // The cash does not fall by a fee in BNB, and what that is worth nobody here knows: after each trade books and
    // exchange would differ. An exchange that does not know the question, as one for tests may not, is let pass, and
    // the fills tell; one that did not answer is asked again.
    private async ValueTask CheckFeesAsync(CancellationToken cancel)
    {
        var reply = await calls.AskAsync("fee_burn", Costs.FeeBurn, async () =>
        {
            var result = await rest.UsdFuturesApi.Account.GetBnbBurnStatusAsync(ct: cancel).ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel).ConfigureAwait(false);
        var isUnknownThere = reply.Outcome.Status == HttpStatusCode.NotFound
            || BinanceAnswers.Judge(reply.Outcome).Kind == AnswerKind.Refused;
        if (!isUnknownThere) Refuse("whether the account pays its fees in BNB", reply.Outcome);
        if (reply.Data is not { FeeBurn: true }) return;
        throw new VenueException(
            "the account pays its fees in BNB, which no book here holds: switch that off at the exchange (Futures, "
            + "Preferences, BNB for fees), so that they are paid in USDT.");
    }

    /// <summary>By how much the exchange's clock is at least ahead of ours, ms; it was read while we waited.</summary>
    internal static long OffsetMs(long sentMs, long receivedMs, long serverMs) =>
        serverMs < sentMs ? serverMs - sentMs : serverMs > receivedMs ? serverMs - receivedMs : 0;

    /// <summary>Says what could not be read, and what to do about it.</summary>
    /// <param name="what">What was asked for.</param>
    /// <param name="outcome">What came back.</param>
    /// <param name="isOfSymbol">True when it was asked of one symbol alone.</param>
    internal static void Refuse(string what, CallOutcome outcome, bool isOfSymbol = false)
    {
        if (outcome.Success) return;
        var answer = BinanceAnswers.Judge(in outcome);
        var mend = answer.ReasonCode switch
        {
            "unauthorized" => "check Binance__ApiKey and Binance__ApiSecret, that the key may trade futures, and from "
                + "this machine's address",
            "clock" => "synchronise this machine's clock",
            BinanceAnswers.RateLimited or BinanceAnswers.Banned => "wait until the exchange takes requests again",
            _ => "check the way to the exchange, and try again",
        };
        throw new VenueException($"{what} could not be read, {answer.Words}: {mend}.")
        {
            Code = outcome.Code,
            IsOfItsSymbol = isOfSymbol && answer.ReasonCode is "symbol_unknown" or "market_closed" or "malformed",
        };
    }
}
