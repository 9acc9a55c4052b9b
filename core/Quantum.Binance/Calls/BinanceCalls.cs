using Quantum.Exchanges.Budget;

namespace Quantum.Binance.Calls;

/// <summary>
/// The way of every request: the budget lets it go or not, and hears what the exchange has counted. Each is sent once.
/// </summary>
internal sealed class BinanceCalls(BinanceSettings settings, IRateBudget budget, TimeProvider time)
{
    /// <summary>How long what is no order waits for the budget.</summary>
    public long Patience => time.NowMs() + settings.RequestTimeoutMs;

    /// <param name="what">What is asked, for the meter.</param>
    /// <param name="urgency">Who goes first.</param>
    /// <param name="cost">What the exchange will count.</param>
    /// <param name="latestMs">Not sent after this moment, UTC epoch ms.</param>
    /// <param name="call">Makes the library's call.</param>
    /// <param name="cancel">Ends the wait for the budget; what was sent is not called back.</param>
    public async ValueTask<Reply<T>> SendAsync<T>(
        string what, RequestUrgency urgency, RequestCost cost, long latestMs, Func<Task<Reply<T>>> call,
        CancellationToken cancel)
    {
        var mayGo = await budget.TakeAsync(urgency, cost, latestMs, cancel).ConfigureAwait(false);
        var reply = mayGo ? await Guarded.TryAsync(call).ConfigureAwait(false) : Reply.Held<T>();
        var answer = BinanceAnswers.Judge(reply.Outcome);
        if (reply.Outcome.Use != default) budget.Tell(reply.Outcome.Use);
        if (answer.Kind == AnswerKind.RateRefused && RefusalOf(reply.Outcome) is { } wait)
            budget.Refused(wait, answer.ReasonCode == BinanceAnswers.Banned);
        BinanceMeter.Requests.Add(1, new("what", what), new("answer", answer.Kind.ToString().ToLowerInvariant()));
        return reply;
    }

    /// <summary>A question that can wait.</summary>
    public ValueTask<Reply<T>> AskAsync<T>(
        string what, RequestCost cost, Func<Task<Reply<T>>> call, CancellationToken cancel) =>
        SendAsync(what, RequestUrgency.Query, cost, Patience, call, cancel);

    // The exchange's own overload (-1008) is no limit of ours: what reduces risk is taken meanwhile.
    private TimeSpan? RefusalOf(CallOutcome outcome) => outcome switch
    {
        { IsLimitedHere: true } => null,
        { RetryAfter: { } wait } => wait,
        { Code: BinanceAnswers.Overloaded } => null,
        _ => BinanceAnswers.BanEnd(outcome.Message) is { } endMs && endMs > time.NowMs()
            ? TimeSpan.FromMilliseconds(endMs - time.NowMs())
            : TimeSpan.FromSeconds(outcome.Code == BinanceAnswers.TooManyOrders ? 10 : 60),
    };
}
