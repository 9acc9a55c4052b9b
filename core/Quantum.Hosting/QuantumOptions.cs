using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Quantum.Contracts.Settings;
using Quantum.Contracts.Units;
using Quantum.EventLog;
using Quantum.Resp;

namespace Quantum.Hosting;

/// <summary>What every service of one run agrees on, the same everywhere.</summary>
[Section("Quantum")]
public sealed record QuantumOptions
{
    /// <summary>Where Redis is, from <c>ConnectionStrings:redis</c>.</summary>
    public string RedisConnection { get; init; } = "";

    /// <summary>The mode of every event.</summary>
    public TradingMode Mode { get; set; } = TradingMode.Paper;

    /// <summary>Symbol shards.</summary>
    [Range(1, 256)] public int Shards { get; set; } = 1;

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
