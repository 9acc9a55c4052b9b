namespace Aspire.StackExchange.Redis;

/// <summary>The settings of one Redis client, read from <c>Aspire:StackExchange:Redis[:name]</c>.</summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary>The connection string, for example <c>localhost:6379,password=…</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Whether the health check is left out.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Whether commands are not recorded as activities.</summary>
    public bool DisableTracing { get; set; }
}
