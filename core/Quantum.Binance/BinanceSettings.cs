using System.ComponentModel.DataAnnotations;
using Quantum.Contracts.Settings;

namespace Quantum.Binance;

/// <summary>Which of the exchange's systems is used; custom is one of our own, on this machine.</summary>
public enum BinancePlace { Live, Testnet, Demo, Custom }

/// <summary>How Binance's USD-M futures are reached.</summary>
[Section("Binance")]
public sealed record BinanceSettings : IValidatableObject
{
    /// <summary>Which of the exchange's systems; market data of the live one needs no key.</summary>
    public BinancePlace Environment { get; set; } = BinancePlace.Live;

    /// <summary>Custom: where requests go, scheme, host and port.</summary>
    [WebAddress] public string? RestUrl { get; set; }

    /// <summary>Custom: where streams come from, scheme, host and port.</summary>
    [RegularExpression(@"wss?://\S+", ErrorMessage = "an address that begins with wss:// or ws://")]
    public string? StreamUrl { get; set; }

    /// <summary>How old a request may be when the exchange takes it.</summary>
    [Range(100, 60_000)] public int ReceiveWindowMs { get; set; } = 2_000;

    /// <summary>How long an answer is waited for; then what became of an order is asked.</summary>
    [Range(100, 60_000)] public int RequestTimeoutMs { get; set; } = 5_000;

    /// <summary>
    /// How long the parts of the account are asked for, each again by itself, until a reading of it is given up.
    /// </summary>
    [Range(100, 600_000)] public int ReadWithinMs { get; set; } = 30_000;

    /// <summary>How long before a lost stream is opened again.</summary>
    [Range(10, 60_000)] public int ReconnectMs { get; set; } = 2_000;

    /// <summary>How far this machine's clock may be from the exchange's.</summary>
    [Range(1, 60_000)] public int MaxClockOffsetMs { get; set; } = 1_000;

    /// <summary>Whether each position has a margin of its own; else they share the account's.</summary>
    public bool IsolatedMargin { get; set; } = true;

    /// <summary>The key that orders are sent with; belongs into the environment or user secrets.</summary>
    [DataType(DataType.Password)] public string? ApiKey { get; set; }

    /// <summary>The key's secret; belongs into the environment or user secrets.</summary>
    [DataType(DataType.Password)] public string? ApiSecret { get; set; }

    /// <summary>
    /// Whether mode live may trade real money through the stand-in of Binance.Net, which never met the exchange itself.
    /// </summary>
    public bool AllowStandIn { get; set; }

    /// <summary>True with a key: only then can there be orders.</summary>
    public bool HasKey => !string.IsNullOrWhiteSpace(ApiKey);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var hasSecret = !string.IsNullOrWhiteSpace(ApiSecret);
        if (HasKey && !hasSecret)
            yield return new("is set, but Binance:ApiSecret is not: set both", [nameof(ApiKey)]);
        if (hasSecret && !HasKey)
            yield return new("is set, but Binance:ApiKey is not: set both", [nameof(ApiSecret)]);
        if (BinancePlaces.AddressFault(this) is { } fault) yield return new(fault, [nameof(Environment)]);
    }

    /// <summary>Never the key.</summary>
    public override string ToString() => $"binance {Environment.ToString().ToLowerInvariant()}";
}
