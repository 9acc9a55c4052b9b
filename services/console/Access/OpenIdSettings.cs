using System.ComponentModel.DataAnnotations;
using Quantum.Hosting;

namespace Quantum.Console.Access;

/// <summary>A login with an OpenID Connect provider, beside or instead of users with passwords.</summary>
public sealed record OpenIdSettings
{
    private const string Section = "Access:OpenId";

    /// <summary>The provider's issuer address, https anywhere but on this machine; without one there is no such
    /// login.</summary>
    public string? Authority { get; set; }

    /// <summary>What the provider calls the console.</summary>
    public string? ClientId { get; set; }

    /// <summary>What proves the console to the provider: given by environment or user secrets alone.</summary>
    [DataType(DataType.Password)] public string? ClientSecret { get; set; }

    /// <summary>What is asked for, apart by blanks; `openid` must be among it.</summary>
    public string Scopes { get; set; } = "openid profile";

    /// <summary>The claim with the name that is recorded with every action.</summary>
    public string NameClaim { get; set; } = "preferred_username";

    /// <summary>The claim that the role follows from.</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>Values of the role claim that make an operator, apart by semicolons.</summary>
    public string? Operators { get; set; }

    /// <summary>Values of the role claim that make a reader, apart by semicolons.</summary>
    public string? Readers { get; set; }

    /// <summary>True where such a login is asked for.</summary>
    public bool IsOn => !string.IsNullOrWhiteSpace(Authority);

    /// <summary>The role that somebody's values of the role claim make; null when they make none.</summary>
    public string? RoleOf(IEnumerable<string> values)
    {
        string[] held = [.. values];
        return held.Intersect(Split(Operators), StringComparer.Ordinal).Any() ? AccessRoles.Operator
            : held.Intersect(Split(Readers), StringComparer.Ordinal).Any() ? AccessRoles.Reader : null;
    }

    /// <summary>Checks them; throws <see cref="StartupException"/> of one line.</summary>
    public void Check(IConfiguration configuration)
    {
        if (!IsOn)
        {
            if (ClientId is not null || ClientSecret is not null || Operators is not null || Readers is not null)
                throw new StartupException(
                    $"{Section}:Authority is empty while other settings of that login are given: set it to the "
                    + "provider's issuer address, or take the others away.");
            return;
        }

        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var uri)
            || !(uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
            throw new StartupException(
                $"{Section}:Authority is '{Authority}': give the provider's issuer address, with https:// unless it is "
                + "on this machine.");
        if (string.IsNullOrWhiteSpace(ClientId)) throw Missing(nameof(ClientId), "what the provider calls the console");
        if (string.IsNullOrWhiteSpace(ClientSecret))
            throw Missing(nameof(ClientSecret), "the provider's secret for it, in environment or user secrets");
        if (SecretPlace.WrongOf(configuration, $"{Section}:{nameof(ClientSecret)}") is { } place)
            throw new StartupException(
                $"{Section}:ClientSecret stands {place}: remove it there, make a new one at the provider, and set "
                + "Access__OpenId__ClientSecret in the environment, or keep it in user secrets.");
        if (!Scopes.Split(' ').Contains("openid", StringComparer.Ordinal))
            throw new StartupException($"{Section}:Scopes is '{Scopes}': `openid` must be among them.");
        if (string.IsNullOrWhiteSpace(NameClaim)) throw Missing(nameof(NameClaim), "the claim with the user's name");
        if (string.IsNullOrWhiteSpace(RoleClaim)) throw Missing(nameof(RoleClaim), "the claim with the user's groups");
        if (Split(Operators).Length + Split(Readers).Length == 0)
            throw new StartupException(
                $"{Section}:Operators and {Section}:Readers are empty, so nobody could log in: name the values of the "
                + $"claim '{RoleClaim}' that make an operator or a reader.");
    }

    private static StartupException Missing(string name, string what) => new(
        $"{Section}:{name} is empty: set Access__OpenId__{name} to {what}.");

    private static string[] Split(string? values) =>
        values?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
