using System.ComponentModel.DataAnnotations;

namespace Quantum.Contracts.Settings;

/// <summary>Words with a space between, each one of those that a static property of a type lists.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WordsOfAttribute(Type type, string property) : ValidationAttribute
{
    /// <summary>The words there are.</summary>
    public IReadOnlyList<string> Known => (IReadOnlyList<string>)type.GetProperty(property)!.GetValue(null)!;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var known = Known;
        var wrong = ((string?)value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(word => !known.Contains(word, StringComparer.Ordinal));
        return wrong is null
            ? ValidationResult.Success
            : new ValidationResult($"words of {string.Join(", ", known)}; '{wrong}' is none");
    }
}
