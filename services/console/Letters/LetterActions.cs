using System.Security.Claims;
using Quantum.Console.Acting;
using Quantum.Console.Live;

namespace Quantum.Console.Letters;

/// <summary>
/// Sends dead letters again or drops them, for an operator and for nobody else, whether a page or a program asks; noted
/// in the same step with who and from where.
/// </summary>
public sealed class LetterActions(OperatorWords words, Questions questions)
{
    /// <summary>Sends one again as a new entry of its stream.</summary>
    /// <param name="user">Who asks.</param>
    /// <param name="stream">Its stream, for example <c>trade.intent</c>.</param>
    /// <param name="id">The letter's id.</param>
    /// <param name="newDeadlineS">Seconds from now that it is valid, 1 to 86,400; null: as it was.</param>
    /// <param name="cancel">Ends the waiting, not what was begun.</param>
    public Task<LetterAnswer> RedriveAsync(
        ClaimsPrincipal user, string stream, string id, int? newDeadlineS, CancellationToken cancel) =>
        newDeadlineS is < 1 or > DeadLetterBox.MostDeadlineS
            ? Task.FromResult(new LetterAnswer(
                null, $"the new deadline is {newDeadlineS} s: give 1 to {DeadLetterBox.MostDeadlineS}.",
                RefusalKind.Unfit))
            : DoAsync(user, stream, id, (look, box, letter, by) =>
                DeadLetterBox.Refusal(letter, look.SystemNowMs(), newDeadlineS is not null) is { } refusal
                    ? new LetterAnswer(null, refusal, RefusalKind.NotSaid)
                    : box.Send(letter, by, newDeadlineS) is { } newId
                        ? new LetterAnswer($"sent as {newId}", null, RefusalKind.None) : Gone(), cancel);

    /// <summary>Removes one for good.</summary>
    public Task<LetterAnswer> DropAsync(ClaimsPrincipal user, string stream, string id, CancellationToken cancel) =>
        DoAsync(user, stream, id, (_, box, letter, by) => box.Remove(letter, by)
            ? new LetterAnswer("dropped", null, RefusalKind.None) : Gone(), cancel);

    private async Task<LetterAnswer> DoAsync(
        ClaimsPrincipal user, string stream, string id,
        Func<SystemRedis, DeadLetterBox, StreamEntry, string, LetterAnswer> act, CancellationToken cancel)
    {
        if (!words.MayAct(user)) return new LetterAnswer(null, OperatorWords.ReadersLook, RefusalKind.NotAllowed);
        var by = OperatorWords.WhoOf(user);
        var (answer, fault) = await questions.AskAsync(look =>
        {
            look.RequireMode();
            var box = new DeadLetterBox(look);
            return StreamCatalog.Find(stream) is not null && box.TryFind(box.Boxes(stream), id) is { } letter
                ? act(look, box, letter, by)
                : new LetterAnswer(null, $"no dead letter of {stream} has the id '{id}'.", RefusalKind.NotThere);
        }, cancel);
        return answer ?? new LetterAnswer(null, $"Nothing is known to have been done. {fault}", RefusalKind.Unknown);
    }

    private static LetterAnswer Gone() => new(null, "somebody was faster: it is gone.", RefusalKind.NotThere);
}

/// <summary>What became of a word about a dead letter.</summary>
/// <param name="Done">What was done, in words; null when nothing was.</param>
/// <param name="Refusal">Why not, in words with the mend; null when it was done.</param>
/// <param name="Kind">What kind of refusal.</param>
public sealed record LetterAnswer(string? Done, string? Refusal, RefusalKind Kind);
