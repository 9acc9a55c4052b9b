using System.Globalization;

namespace Quantum.AppHost;

/// <summary>A redis-server of this machine, with its settings in a file of its folder.</summary>
internal sealed class LocalRedisResource(
    string name, string folder, int port, RedisPasswords passwords, RedisCertificate? certificate)
    : ExecutableResource(name, "redis-server", folder), IResourceWithConnectionString
{
    private readonly string _tls = certificate is null ? "" : ",ssl=true";

    /// <summary>The file of its settings.</summary>
    public string Settings { get; } = Path.Combine(folder, "redis.conf");

    /// <summary>The file of its users.</summary>
    public string Users { get; } = Path.Combine(folder, "redis-users.acl");

    private string Server { get; } = $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";

    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{Server},password={passwords.Operator}{_tls}");

    /// <summary>The way in of one service.</summary>
    public ReferenceExpression ConnectionOf(string service, ParameterResource password) =>
        ReferenceExpression.Create($"{Server},user={service},password={password}{_tls}");
}
