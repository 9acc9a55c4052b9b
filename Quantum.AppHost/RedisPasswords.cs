using System.Security.Cryptography;
using System.Text;
using Quantum.Contracts.Access;

namespace Quantum.AppHost;

/// <summary>
/// The users of a run's Redis with a password for each, or nobody but the operator where users are not wanted. The
/// passwords are made for this run, or by the deployment, and stand nowhere in clear but in the settings of who uses
/// them.
/// </summary>
internal sealed class RedisPasswords
{
    private readonly Dictionary<string, ParameterResource> _passwords = new(StringComparer.Ordinal);

    /// <param name="builder">Where the passwords become parameters.</param>
    /// <param name="name">The Redis.</param>
    /// <param name="withUsers">Whether every service has its own.</param>
    public RedisPasswords(IDistributedApplicationBuilder builder, string name, bool withUsers)
    {
        var isTape = builder.ExecutionContext.IsRunMode && builder.Configuration.IsTape();
        Users = withUsers ? RedisUsers.All(isTape) : [];
        Operator = Password(builder, $"{name}-password");
        foreach (var user in Users)
            _passwords[user.Name] = user.Name == RedisUsers.Operator
                ? Operator
                : Password(builder, $"{name}-{user.Name}-password");
    }

    /// <summary>Who may connect; empty: anybody with the operator's password, and may do everything.</summary>
    public IReadOnlyList<RedisUser> Users { get; }

    /// <summary>The password of the command line, and of whoever names no user.</summary>
    public ParameterResource Operator { get; }

    /// <summary>The password of a service; null where it has none of its own.</summary>
    public ParameterResource? Of(string service) => _passwords.GetValueOrDefault(service);

    /// <summary>The ACL file of a server of this machine: only hashes.</summary>
    public async Task<string> FileAsync(CancellationToken cancel)
    {
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (user, password) in _passwords) hashes[user] = Hash(await password.GetValueAsync(cancel) ?? "");
        return RedisUsers.File(Users, user => "#" + hashes[user]);
    }

    /// <summary>What a shell writes into the ACL file of a container, where the passwords are variables.</summary>
    public string ShellLine(string file) => string.Concat(Users.Select((user, i) =>
        $"printf '%s\\n' \"{user.Line($">${Variable(user.Name)}")}\" {(i == 0 ? ">" : ">>")} {file}; "));

    /// <summary>The variables of <see cref="ShellLine"/>; the operator's is Aspire's own.</summary>
    public IEnumerable<(string Name, ParameterResource Password)> Variables => Users
        .Where(user => user.Name != RedisUsers.Operator)
        .Select(user => (Variable(user.Name), _passwords[user.Name]));

    private static string Variable(string user) => user == RedisUsers.Operator
        ? "REDIS_PASSWORD"
        : "REDIS_PASSWORD_" + user.ToUpperInvariant().Replace('-', '_');

    private static string Hash(string password) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(password)));

    // No special characters: a comma would end the password in a connection string.
    private static ParameterResource Password(IDistributedApplicationBuilder builder, string name) =>
        builder.ExecutionContext.IsPublishMode
            ? builder.AddParameter(name, new GenerateParameterDefault { Special = false }, secret: true).Resource
            : builder.AddParameter(
                name, builder.Configuration[$"Parameters:{name}"] ?? PrivateFile.NewPassword(), secret: true).Resource;
}
