using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Quantum.Console.Access;

/// <summary>Ends the session of an open page when it holds no more, so that a page left open shows nothing and acts for
/// nobody.</summary>
internal sealed class SessionWatch(ILoggerFactory logs, OpenSessions sessions)
    : RevalidatingServerAuthenticationStateProvider(logs)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(5);

    protected override Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        Task.FromResult(sessions.Holds(authenticationState.User));
}
