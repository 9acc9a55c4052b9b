namespace Aspire.Hosting.ApplicationModel;

/// <summary>The rule for names of resources and endpoints.</summary>
internal static class ModelName
{
    private const int MaxLength = 64;

    /// <summary>ASCII letters, digits and single hyphens, starting with a letter and not ending in a hyphen.</summary>
    public static void Check(string kind, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var wrong = name.Length > MaxLength ? $"is longer than {MaxLength} characters"
            : !char.IsAsciiLetter(name[0]) ? "does not start with an ASCII letter"
            : name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-')
                ? "has a character that is not an ASCII letter, digit or hyphen"
            : name.EndsWith('-') ? "ends with a hyphen"
            : name.Contains("--", StringComparison.Ordinal) ? "has two hyphens in a row"
            : null;
        if (wrong is not null)
        {
            throw new ArgumentException($"{kind} name '{name}' is invalid: it {wrong}.", nameof(name));
        }
    }
}
