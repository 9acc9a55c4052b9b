using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Quantum.AppHost;

/// <summary>Healthy when the local redis-server takes the password and answers PING.</summary>
internal sealed class RedisPing(EndpointReference endpoint, ParameterResource password) : IHealthCheck
{
    private static readonly TimeSpan s_answerLimit = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_answerLimit);
        try
        {
            var secret = await password.GetValueAsync(limit.Token).ConfigureAwait(false) ?? "";
            using var client = new TcpClient();
            await client.ConnectAsync(endpoint.Host, endpoint.Port, limit.Token).ConfigureAwait(false);
            using var stream = client.GetStream();
            using var reader = new StreamReader(stream);
            var length = Encoding.UTF8.GetByteCount(secret);
            var ask = $"*2\r\n$4\r\nAUTH\r\n${length}\r\n{secret}\r\n*1\r\n$4\r\nPING\r\n";
            await stream.WriteAsync(Encoding.UTF8.GetBytes(ask), limit.Token).ConfigureAwait(false);
            var auth = await reader.ReadLineAsync(limit.Token).ConfigureAwait(false);
            var pong = await reader.ReadLineAsync(limit.Token).ConfigureAwait(false);
            return pong == "+PONG" ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"{auth}, {pong}");
        }
        catch (Exception silent) when (silent is SocketException or IOException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy(silent.Message);
        }
    }
}
