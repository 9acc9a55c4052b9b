using Microsoft.Extensions.Configuration;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers the control plane's Redis client.</summary>
public static class QuantumRedisExtensions
{
    /// <summary>The name of the connection string.</summary>
    public const string ConnectionName = "redis";

    /// <summary>Adds the client of <c>ConnectionStrings:redis</c> with its health check.</summary>
    public static TBuilder AddQuantumRedis<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        Check(builder.Configuration.GetConnectionString(ConnectionName));
        builder.AddRedisClient(ConnectionName, configureOptions: options =>
        {
            // INFO, CONFIG GET and CLIENT LIST, which the console and the audit show, count as admin commands.
            options.AllowAdmin = true;
            options.ClientName ??= builder.Environment.ApplicationName.Replace(' ', '-');
        });
        return builder;
    }

    private static void Check(string? connectionString)
    {
        const string Mend = "set the environment variable ConnectionStrings__redis=host:port,password=… "
            + "(./quantum up sets it for every service)";
        if (string.IsNullOrWhiteSpace(connectionString))
            throw new InvalidOperationException($"ConnectionStrings:redis is missing: {Mend}.");
        if (Read(connectionString).EndPoints.Count == 0)
            throw new InvalidOperationException($"ConnectionStrings:redis names no host:port: {Mend}.");
    }

    private static ConfigurationOptions Read(string connectionString)
    {
        try
        {
            return ConfigurationOptions.Parse(connectionString);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            // Only the first line, and never the string itself: it holds the password.
            var reason = error.Message.Split('\n')[0];
            throw new InvalidOperationException($"ConnectionStrings:redis cannot be read: {reason}", error);
        }
    }
}
