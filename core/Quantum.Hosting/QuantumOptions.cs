using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Quantum.EventLog;
using Quantum.Resp;

namespace Quantum.Hosting;

/// <summary>What every service of one run agrees on, the same everywhere.</summary>
[Section("Quantum")]
public sealed record QuantumOptions
{
    private const string OneShard = "1, because the limits over all symbols are not enforced across shards yet";

    /// <summary>Where Redis is, from <c>ConnectionStrings:redis</c>.</summary>
    public string RedisConnection { get; init; } = "";

    /// <summary>The mode of every event.</summary>
    public TradingMode Mode { get; set; } = TradingMode.Paper;

    /// <summary>
    /// Symbol shards. The log can hold up to 256, the roles cannot yet: two executors would each fill up the whole
    /// limit.
    /// </summary>
    [Range(1, 1, ErrorMessage = OneShard)] public int Shards { get; set; } = 1;

    /// <summary>Whether a recorded market is played: its time is the time.</summary>
    public bool Tape { get; set; }

    /// <summary>Whether a Redis without append-only file is refused.</summary>
    public bool RequireAppendOnly { get; set; }

    /// <summary>Whose system this is; not set when nobody said.</summary>
    [RegularExpression(SystemOwner.Pattern, ErrorMessage = SystemOwner.Form)] public string? System { get; set; }

    public bool IsTape => Tape;

    /// <summary>
    /// Reads the options; throws <see cref="StartupException"/> with one line that names the setting and the mend.
    /// </summary>
    public static QuantumOptions From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration.SettingsOf<QuantumOptions>() with
        {
            RedisConnection = ReadRedis(configuration.GetConnectionString("redis")),
        };
    }

    private static string ReadRedis(string? text)
    {
        const string Mend = "start through ./quantum up, or set ConnectionStrings__redis=host:port,password=…";
        if (string.IsNullOrWhiteSpace(text)) throw new StartupException($"ConnectionStrings:redis is not set: {Mend}");
        try
        {
            RespEndpoint.Parse(text);
            return text;
        }
        catch (FormatException fault)
        {
            throw new StartupException($"ConnectionStrings:redis cannot be used: {fault.Message}", fault);
        }
    }
}
