using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Quantum.Console.Access;
using Quantum.Console.Live;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Looking;
using Quantum.Resp;

namespace Quantum.Console.Acting;

/// <summary>
/// What an operator does through the console. Each action is checked here, not by the button, and is noted with who,
/// from where and why before it is said.
/// </summary>
public sealed class OperatorActions(
    ConsoleRedis redis, AuthenticationStateProvider session, TimeProvider time, ILogger<OperatorActions> log)
{
    private const int MostReason = 300;

    /// <summary>Who acts, as recorded with the policy.</summary>
    public async Task<string> NameAsync() => NameOf((await session.GetAuthenticationStateAsync()).User);

    /// <summary>From where, as recorded with every action.</summary>
    public async Task<string> AddressAsync() => AddressOf((await session.GetAuthenticationStateAsync()).User);

    /// <summary>Whether whoever looks may act.</summary>
    public async Task<bool> MayActAsync() => MayAct((await session.GetAuthenticationStateAsync()).User);

    /// <summary>Says an operator's word.</summary>
    /// <returns>Null when it was said, else why not.</returns>
    public async Task<string?> SayAsync(
        ControlAction action, string reason, RiskMode? mode = null, CancellationToken cancel = default)
    {
        var user = (await session.GetAuthenticationStateAsync()).User;
        if (!MayAct(user)) return "Only an operator may do this; you look on as a reader, or your session has ended.";
        var words = reason.Trim();
        if (words.Length is 0 or > MostReason)
            return $"Say why, in at most {MostReason} characters: it is recorded with the policy.";
        var word = new ControlCommand { Command = action, RiskMode = mode, Reason = words, By = NameOf(user) };
        return await Task.Run(() => Say(word, user), cancel);
    }

    private string? Say(ControlCommand word, ClaimsPrincipal user)
    {
        var note = $"{NameOf(user)} from {AddressOf(user)}: {word.Command}, {word.Reason}";
        try
        {
            using var look = redis.Open();
            look.RequireMode();
            ActionLog.Add(look, note);
            OperatorWord.Say(look, word);
            log.LogInformation("Said: {Action}", NameText.Shown(note));
            return null;
        }
        catch (Exception fault) when (ConsoleRedis.IsFault(fault))
        {
            log.LogWarning("Could not be said: {Action}. {Fault}", NameText.Shown(note), fault.Message);
            return fault is LookException
                ? $"It could not be said, so nothing has changed. {fault.Message}"
                : $"Whether it was said is not known: look at the policy, and say it again. {fault.Message}";
        }
    }

    private bool MayAct(ClaimsPrincipal user) =>
        user.IsInRole(AccessRoles.Operator) && !Sessions.IsOver(user, time.GetUtcNow());

    private static string NameOf(ClaimsPrincipal user) => user.Identity?.Name ?? "nobody";

    private static string AddressOf(ClaimsPrincipal user) =>
        user.FindFirstValue(Sessions.AddressClaim) ?? "an unknown address";
}
