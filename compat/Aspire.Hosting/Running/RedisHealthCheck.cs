using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Running;

/// <summary>Healthy when Redis answers PING with the password of the resource.</summary>
internal sealed class RedisHealthCheck(RedisResource redis) : IHealthCheck
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_limit);
        try
        {
            var answer = await AskAsync(limit.Token).ConfigureAwait(false);
            return answer == "+PONG" ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"PING was answered by: {answer}");
        }
        catch (Exception unreachable) when (unreachable is SocketException or IOException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy(unreachable.Message);
        }
    }

    private async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(redis.PrimaryEndpoint.Host, redis.PrimaryEndpoint.Port, cancellationToken)
            .ConfigureAwait(false);
        using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        if (redis.PasswordParameter is { } parameter)
        {
            var password = await parameter.GetValueAsync(cancellationToken).ConfigureAwait(false) ?? string.Empty;
            var length = Encoding.UTF8.GetByteCount(password);
            var answer = await SendAsync(stream, reader, $"*2\r\n$4\r\nAUTH\r\n${length}\r\n{password}\r\n",
                cancellationToken).ConfigureAwait(false);
            if (answer != "+OK")
            {
                return answer;
            }
        }

        return await SendAsync(stream, reader, "*1\r\n$4\r\nPING\r\n", cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string?> SendAsync(
        NetworkStream stream, StreamReader reader, string command, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(command), cancellationToken).ConfigureAwait(false);
        return await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
    }
}
