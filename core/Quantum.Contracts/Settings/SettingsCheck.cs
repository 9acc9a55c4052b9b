using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Quantum.Contracts.Settings;

/// <summary>Holds settings to their attributes, and says in one line what is wrong with one of them.</summary>
public static class SettingsCheck
{
    /// <summary>The section of a settings type; throws where it has no <see cref="SectionAttribute"/>.</summary>
    public static string SectionOf(Type type) => type.GetCustomAttribute<SectionAttribute>()?.Name
        ?? throw new InvalidOperationException($"{type} has no section: give it a SectionAttribute.");

    /// <summary>
    /// The settings themselves; throws an <see cref="ArgumentException"/> of one line that names setting, value, range
    /// and environment variable of the first that cannot be.
    /// </summary>
    public static TSettings Checked<TSettings>(this TSettings settings)
        where TSettings : class
    {
        ArgumentNullException.ThrowIfNull(settings);
        return FaultIn(settings, SectionOf(settings.GetType())) is { } fault
            ? throw new ArgumentException(fault)
            : settings;
    }

    /// <summary>One line of a setting that cannot be.</summary>
    /// <param name="path">Where it stands, <c>Executor:MaxAttempts</c>.</param>
    /// <param name="value">What it is, for a person.</param>
    /// <param name="mend">What it may be.</param>
    public static string Line(string path, string value, string mend)
    {
        ArgumentNullException.ThrowIfNull(path);
        return $"{FeedNames.Of(path)} {value}: set it to {mend}. Environment variable: {VariableOf(path)}.";
    }

    /// <summary>The environment variable of a setting.</summary>
    public static string VariableOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Replace(":", "__", StringComparison.Ordinal);
    }

    private static string? FaultIn(object group, string path)
    {
        foreach (var field in SettingField.Of(group.GetType()))
        {
            var (at, value) = ($"{path}:{field.Name}", field.Property.GetValue(group));
            var context = new ValidationContext(group) { MemberName = field.Name };
            foreach (var rule in field.Rules)
            {
                if (rule.GetValidationResult(value, context) is not { } broken) continue;
                var mend = rule is LimitAttribute or WordsOfAttribute ? broken.ErrorMessage! : field.Range;
                return Line(at, TextOf(field, value), char.IsDigit(mend[^1]) ? mend + UnitOf(field.Name) : mend);
            }

            if (field.IsGroup && value is not null && FaultIn(value, at) is { } fault) return fault;
        }

        var result = (group as IValidatableObject)?.Validate(new ValidationContext(group)).FirstOrDefault();
        if (result is null) return null;
        return result.MemberNames.FirstOrDefault() is { } member
            ? $"{path}:{member} {result.ErrorMessage}. Environment variable: {VariableOf($"{path}:{member}")}."
            : $"{path}: {result.ErrorMessage}.";
    }

    // Never an address or a token: it may hold a secret.
    private static string TextOf(SettingField field, object? value) => value switch
    {
        null or "" => "is not set",
        _ when field.IsSecret => "cannot be used",
        string or Enum => $"is '{value}'",
        _ => string.Create(CultureInfo.InvariantCulture, $"is {value}"),
    };

    private static string UnitOf(string name) =>
        name.EndsWith("Ms", StringComparison.Ordinal) ? " ms"
        : name.EndsWith("Seconds", StringComparison.Ordinal) ? " seconds"
        : name.EndsWith("Hours", StringComparison.Ordinal) ? " hours"
        : name.EndsWith("Usd", StringComparison.Ordinal) ? " USD" : "";
}
