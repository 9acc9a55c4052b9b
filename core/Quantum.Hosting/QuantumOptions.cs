using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog;
using Quantum.Resp;

namespace Quantum.Hosting;

/// <summary>
/// What every service of one run agrees on, from the section <c>Quantum</c> and <c>ConnectionStrings:redis</c>.
/// </summary>
public sealed record QuantumOptions
{
    public required string RedisConnection { get; init; }

    public required TradingMode Mode { get; init; }

    /// <summary>Symbol shards, 1 to 256.</summary>
    public required int Shards { get; init; }

    /// <summary>True when a recorded market is played: its time is the time.</summary>
    public required bool IsTape { get; init; }

    /// <summary>True refuses a Redis without append-only file.</summary>
    public required bool RequireAppendOnly { get; init; }

    /// <summary>Whose system this is (<see cref="SystemOwner"/>); null when nobody said.</summary>
    public string? Owner { get; init; }

    /// <summary>
    /// Reads the options; throws <see cref="StartupException"/> with one line that names the setting and the mend.
    /// </summary>
    public static QuantumOptions From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection("Quantum");
        return new QuantumOptions
        {
            RedisConnection = ReadRedis(configuration.GetConnectionString("redis")),
            Mode = ReadMode(section["Mode"] ?? "paper"),
            Shards = ReadShards(section["Shards"] ?? "1"),
            IsTape = ReadFlag("Tape", section["Tape"]),
            RequireAppendOnly = ReadFlag("RequireAppendOnly", section["RequireAppendOnly"]),
            Owner = ReadOwner(section["System"]),
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

    private static TradingMode ReadMode(string text) =>
        EnumText<TradingMode>.TryParse(Encoding.UTF8.GetBytes(text), out var mode)
            ? mode
            : throw new StartupException(
                $"Quantum:Mode is '{text}': set it to one of {EnumText<TradingMode>.Allowed}.");

    private static int ReadShards(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var shards) && shards is >= 1 and <= 256
            ? shards
            : throw new StartupException(
                $"Quantum:Shards is '{text}': set it to a number from 1 to 256, the same everywhere.");

    private static string? ReadOwner(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        return SystemOwner.IsValid(text)
            ? text
            : throw new StartupException($"Quantum:System is '{text}': use {SystemOwner.Form}.");
    }

    private static bool ReadFlag(string name, string? text) => text switch
    {
        null or "" => false,
        _ => bool.TryParse(text, out var value)
            ? value
            : throw new StartupException($"Quantum:{name} is '{text}': set it to true or false."),
    };
}
