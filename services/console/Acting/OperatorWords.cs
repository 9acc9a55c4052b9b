using System.Security.Claims;
using Quantum.Console.Access;
using Quantum.Console.Live;
using Quantum.Resp;

namespace Quantum.Console.Acting;

/// <summary>
/// Says operators' words, of pages and of programs. Each is checked here, not by the button, and is noted with who,
/// from where and why before it is said.
/// </summary>
public sealed class OperatorWords(ConsoleRedis redis, OpenSessions sessions, ILogger<OperatorWords> log)
{
    /// <summary>What a reader is told who acts.</summary>
    public const string ReadersLook =
        "Only an operator may do this; you look on as a reader, or your session has ended.";

    private const int MostReason = 300;

    /// <summary>Whether somebody may act now.</summary>
    public bool MayAct(ClaimsPrincipal user) =>
        user.IsInRole(AccessRoles.Operator) && sessions.Holds(user);

    /// <summary>Who somebody is, as noted with everything.</summary>
    public static string NameOf(ClaimsPrincipal user) => user.Identity?.Name ?? "nobody";

    /// <summary>Says a word in somebody's name.</summary>
    /// <param name="user">Who asks.</param>
    /// <param name="word">What; who says it is set here.</param>
    /// <param name="cancel">Ends the waiting, not what was begun.</param>
    public async Task<SaidWord> SayAsync(ClaimsPrincipal user, ControlCommand word, CancellationToken cancel)
    {
        var by = NameOf(user);
        if (!MayAct(user)) return new SaidWord(null, by, ReadersLook, RefusalKind.NotAllowed);
        var reason = word.Reason.Trim();
        if (reason.Length is 0 or > MostReason)
            return new SaidWord(null, by,
                $"Say why, in at most {MostReason} characters: it is recorded with the policy.", RefusalKind.Unfit);
        var said = word with { Reason = reason, By = by };
        if (said.Fault() is { } fault) return new SaidWord(null, by, $"{fault}.", RefusalKind.Unfit);
        return await Task.Run(() => Say(said, user), cancel);
    }

    /// <summary>Notes what this server does itself in somebody's name, before it is done.</summary>
    /// <returns>Why it could not be noted, and so must not be done; null when it was.</returns>
    public Task<(RefusalKind Kind, string Why)?> NoteAsync(
        ClaimsPrincipal user, string what, CancellationToken cancel) =>
        Task.Run<(RefusalKind, string)?>(
            () =>
            {
                try
                {
                    using var look = redis.Open();
                    Note(look, user, what);
                    return null;
                }
                catch (Exception fault) when (ConsoleRedis.IsFault(fault))
                {
                    log.LogWarning("Could not be noted: {Action}. {Fault}", NameText.Shown(what), fault.Message);
                    return (fault is LookException ? RefusalKind.NotSaid : RefusalKind.Unknown,
                        $"It could not be noted, so it was not done. {fault.Message.Split('\n')[0]}");
                }
            },
            cancel);

    private static string Note(SystemRedis look, ClaimsPrincipal user, string what)
    {
        var note = $"{WhoOf(user)}: {what}";
        look.RequireMode();
        ActionLog.Add(look, note);
        return note;
    }

    private SaidWord Say(ControlCommand word, ClaimsPrincipal user)
    {
        var what = $"{Told(word)}, {word.Reason}";
        try
        {
            using var look = redis.Open();
            var note = Note(look, user, what);
            var said = OperatorWord.Say(look, word);
            log.LogInformation("Said: {Action}", NameText.Shown(note));
            return new SaidWord(said, word.By, null, RefusalKind.None);
        }
        catch (Exception fault) when (ConsoleRedis.IsFault(fault))
        {
            log.LogWarning("Could not be said: {Action}. {Fault}", NameText.Shown(what), fault.Message);
            return fault is LookException
                ? new SaidWord(null, word.By, $"It could not be said, so nothing has changed. {fault.Message}",
                    RefusalKind.NotSaid)
                : new SaidWord(null, word.By,
                    $"Whether it was said is not known: look at the policy, and say it again. {fault.Message}",
                    RefusalKind.Unknown);
        }
    }

    private static string Told(ControlCommand word) => word.Symbol is { } symbol
        ? $"{word.Command} {symbol.Name}"
        : word.RiskMode is { } mode ? $"{word.Command} {mode}" : word.Command.ToString();

    /// <summary>Who somebody is and from where, as noted with everything.</summary>
    public static string WhoOf(ClaimsPrincipal user) =>
        $"{NameOf(user)} from {user.FindFirstValue(Sessions.AddressClaim) ?? "an unknown address"}";
}
