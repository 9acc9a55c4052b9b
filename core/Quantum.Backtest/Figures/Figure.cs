using System.Text.Json.Serialization;

namespace Quantum.Backtest.Figures;

/// <summary>A figure, or the reason why it has no value: never 0 or infinity in place of "not defined".</summary>
public readonly record struct Figure
{
    [JsonConstructor]
    private Figure(double? value, double? standardError, string? undefined)
    {
        Value = value;
        StandardError = standardError;
        Undefined = undefined;
    }

    /// <summary>Finite; null when it is not defined.</summary>
    public double? Value { get; }

    /// <summary>Of the value, in its unit, 0 or more; null when none is known.</summary>
    public double? StandardError { get; }

    /// <summary>Why it has no value, in words; null when it has one.</summary>
    public string? Undefined { get; }

    /// <summary>A value; one that is not finite is undefined.</summary>
    public static Figure Of(double value, double? standardError = null) => double.IsFinite(value)
        ? new(value, standardError is { } error && double.IsFinite(error) ? error : null, null)
        : None("it is beyond any number");

    /// <summary>No value, and why.</summary>
    public static Figure None(string why) => new(null, null, why);
}
