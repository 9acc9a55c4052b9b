using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Quantum.Console.Access;

/// <summary>Ends the session of an open page when its time is up, so that a page left open acts for nobody.</summary>
internal sealed class SessionWatch(ILoggerFactory logs, TimeProvider time)
    : RevalidatingServerAuthenticationStateProvider(logs)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(10);

    protected override Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        Task.FromResult(!Sessions.IsOver(authenticationState.User, time.GetUtcNow()));
}
