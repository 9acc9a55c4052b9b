using Quantum.Exchanges.Budget;

namespace Quantum.Binance.Calls;

/// <summary>
/// The way of every request: the budget lets it go or not, and hears what the exchange has counted. Each is sent once.
/// </summary>
internal sealed class BinanceCalls(BinanceSettings settings, IRateBudget budget, TimeProvider time)
{
    private const int MostQuestions = 5;
    private const int FirstPauseMs = 100;
    private const int LongestPauseMs = 2_000;

    /// <summary>UTC epoch ms.</summary>
    public long NowMs => time.NowMs();

    /// <summary>How long what is no order waits for the budget.</summary>
    public long Patience => time.NowMs() + settings.RequestTimeoutMs;

    /// <summary>When a reading that begins now is given up, UTC epoch ms.</summary>
    public long ReadingEndMs => time.NowMs() + settings.ReadWithinMs;

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

    /// <summary>
    /// A question: asking changes nothing, so what got no answer is asked again, a few times while there is time.
    /// </summary>
    /// <param name="what">What is asked, for the meter.</param>
    /// <param name="cost">What the exchange will count.</param>
    /// <param name="call">Makes the library's call.</param>
    /// <param name="cancel">Ends the waits.</param>
    /// <param name="urgency">Who goes first; a question can mostly wait.</param>
    /// <param name="latestMs">Not asked after this moment, UTC epoch ms; null: the usual patience from now.</param>
    public async ValueTask<Reply<T>> AskAsync<T>(
        string what, RequestCost cost, Func<Task<Reply<T>>> call, CancellationToken cancel,
        RequestUrgency urgency = RequestUrgency.Query, long? latestMs = null)
    {
        var endMs = latestMs ?? Patience;
        for (var attempt = 1; ; attempt++)
        {
            var reply = await SendAsync(what, urgency, cost, endMs, call, cancel).ConfigureAwait(false);
            var pauseMs = FirstPauseMs * attempt;
            // The library measures the exchange's clock anew before the next request: a question is asked once more.
            var isOver = IsAnswered(reply.Outcome)
                && (attempt > 1 || reply.Outcome.Code != BinanceAnswers.WrongTime);
            if (isOver || attempt == MostQuestions || time.NowMs() + pauseMs >= endMs) return reply;
            await Task.Delay(TimeSpan.FromMilliseconds(pauseMs), time, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// A part of a reading that is worth nothing without the others: asked again until it is answered or the reading's
    /// time is over, also after a refusal for the rate, which the budget waits out. So what was read before it is kept.
    /// </summary>
    /// <param name="what">What is asked, for the meter.</param>
    /// <param name="cost">What the exchange will count.</param>
    /// <param name="latestMs">When the reading is given up, UTC epoch ms.</param>
    /// <param name="call">Makes the library's call.</param>
    /// <param name="cancel">Ends the waits.</param>
    public async ValueTask<Reply<T>> ReadAsync<T>(
        string what, RequestCost cost, long latestMs, Func<Task<Reply<T>>> call, CancellationToken cancel)
    {
        var mayMeasure = true;
        for (var pauseMs = FirstPauseMs; ; pauseMs = Math.Min(2 * pauseMs, LongestPauseMs))
        {
            var reply = await SendAsync(what, RequestUrgency.Query, cost, latestMs, call, cancel)
                .ConfigureAwait(false);
            var isOver = IsAnswered(reply.Outcome)
                && BinanceAnswers.Judge(reply.Outcome).Kind != AnswerKind.RateRefused;
            if (mayMeasure && reply.Outcome.Code == BinanceAnswers.WrongTime) (mayMeasure, isOver) = (false, false);
            if (isOver || time.NowMs() + pauseMs >= latestMs) return reply;
            await Task.Delay(TimeSpan.FromMilliseconds(pauseMs), time, cancel).ConfigureAwait(false);
        }
    }

    private static bool IsAnswered(CallOutcome outcome) =>
        BinanceAnswers.Judge(in outcome).Kind != AnswerKind.Unknown && outcome.Code != BinanceAnswers.Overloaded;

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
