using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;

namespace Quantum.Console.Acting;

/// <summary>What an operator does through a page: <see cref="OperatorWords"/> in the session's name.</summary>
public sealed class OperatorActions(OperatorWords words, AuthenticationStateProvider session)
{
    /// <summary>Who looks.</summary>
    public async Task<ClaimsPrincipal> UserAsync() => (await session.GetAuthenticationStateAsync()).User;

    /// <summary>Who acts, as recorded with the policy.</summary>
    public async Task<string> NameAsync() => OperatorWords.NameOf(await UserAsync());

    /// <summary>Whether whoever looks may act.</summary>
    public async Task<bool> MayActAsync() => words.MayAct(await UserAsync());

    /// <summary>Says an operator's word.</summary>
    /// <returns>Null when it was said, else why not.</returns>
    public async Task<string?> SayAsync(
        ControlAction action, string reason, RiskMode? mode = null, CancellationToken cancel = default) =>
        (await SayAsync(new ControlCommand { Command = action, RiskMode = mode, Reason = reason, By = "" }, cancel))
        .Refusal;

    /// <summary>The same with what else it names; the answer can be followed.</summary>
    public async Task<SaidWord> SayAsync(ControlCommand word, CancellationToken cancel = default) =>
        await words.SayAsync(await UserAsync(), word, cancel);
}
