using System.Globalization;

namespace Quantum.AppHost;

/// <summary>A redis-server of this machine, with its settings in a file of its folder.</summary>
internal sealed class LocalRedisResource(string name, string folder, int port, ParameterResource password)
    : ExecutableResource(name, "redis-server", folder), IResourceWithConnectionString
{
    /// <summary>The file of its settings.</summary>
    public string Settings { get; } = Path.Combine(folder, "redis.conf");

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)},password={password}");
}
