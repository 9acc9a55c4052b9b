using System.ComponentModel.DataAnnotations;
using Quantum.Hosting;

namespace Quantum.Console.Access;

/// <summary>Who may look at the console, and who may act.</summary>
[Section("Access")]
public sealed record AccessSettings
{
    /// <summary>
    /// Who may log in: role `reader` or `operator`, and what `./quantum password` made of the password. Without one
    /// the console is for this machine alone, and whoever uses it is an operator.
    /// </summary>
    public IReadOnlyList<AccessUser> Users { get; set; } = [];

    /// <summary>
    /// The file of the keys that programs ask the API with, which the verb `api-key` writes; without one no key opens
    /// anything. A change of it holds at once.
    /// </summary>
    public string? KeysPath { get; set; }

    /// <summary>The login with an OpenID Connect provider.</summary>
    public OpenIdSettings OpenId { get; set; } = new();

    /// <summary>Hours after which a session ends.</summary>
    [Range(0.01, 168.0)] public double SessionHours { get; set; } = 8;

    /// <summary>True where a login is needed.</summary>
    public bool HasLogin => Users.Count > 0 || OpenId.IsOn;

    /// <summary>Reads and checks them; throws <see cref="StartupException"/> of one line.</summary>
    public static AccessSettings From(IConfiguration configuration)
    {
        var settings = configuration.SettingsOf<AccessSettings>();
        foreach (var user in settings.Users)
        {
            if (string.IsNullOrWhiteSpace(user.Name))
                throw new StartupException("Access:Users has a user without a name: set Access__Users__0__Name.");
            if (user.Role is not (AccessRoles.Reader or AccessRoles.Operator))
                throw new StartupException(
                    $"Access:Users: the role of {user.Name} is '{user.Role}': set it to reader or operator.");
            if (!Passwords.IsHash(user.PasswordHash))
                throw new StartupException(
                    $"Access:Users: the password hash of {user.Name} is none: make one with ./quantum password.");
        }

        if (settings.Users.DistinctBy(user => user.Name, StringComparer.Ordinal).Count() < settings.Users.Count)
            throw new StartupException("Access:Users names a user twice: give each name once.");
        settings.OpenId.Check(configuration);
        if (!settings.HasLogin && !Listening.IsOfThisMachineAlone(configuration))
            throw new StartupException(
                "the console would let anybody stop or release trading: it listens off loopback, or answers to a name "
                + "of Http:Hosts, and Access:Users is empty. Set Access__Users__0__Name, __Role and __PasswordHash "
                + "(./quantum password makes one), or a provider (Access__OpenId__Authority), or listen on "
                + "http://127.0.0.1:port without Http__Hosts.");
        return settings;
    }
}

/// <summary>One who may log in.</summary>
/// <param name="Name">As recorded with every action.</param>
/// <param name="Role">reader or operator.</param>
/// <param name="PasswordHash">Of ASP.NET Core Identity's password hasher.</param>
public sealed record AccessUser(string Name, string Role, string PasswordHash);
