using System.ComponentModel.DataAnnotations;

namespace Quantum.Contracts.Settings;

/// <summary>
/// Holds a finite number against a limit, or against another setting of the same type: what <c>[Range]</c> cannot say,
/// whose two limits are constants.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class LimitAttribute(double limit, string? setting) : ValidationAttribute
{
    /// <summary>The range in words.</summary>
    public string Words => WordsOf(setting ?? limit.ToString(CultureInfo.InvariantCulture));

    /// <summary>Whether a number is on the right side.</summary>
    protected abstract bool Holds(double value, double limit);

    /// <summary>The range in words.</summary>
    /// <param name="limit">The number or the setting.</param>
    protected abstract string WordsOf(string limit);

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);
        if (value is null) return ValidationResult.Success;
        var group = validationContext.ObjectInstance;
        var other = setting is null ? limit : Number(group.GetType().GetProperty(setting)!.GetValue(group));
        if (double.IsFinite(Number(value)) && Holds(Number(value), other)) return ValidationResult.Success;
        return new ValidationResult(setting is null
            ? Words
            : WordsOf(string.Create(CultureInfo.InvariantCulture, $"{setting} ({other})")));
    }

    private static double Number(object? value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);
}
