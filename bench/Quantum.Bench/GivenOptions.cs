using System.Globalization;

namespace Quantum.Bench;

/// <summary>Reads a command's options: flags, and names with a value behind each.</summary>
internal static class GivenOptions
{
    /// <summary>Hands over each; gives the first that nobody takes, as it was typed, or null.</summary>
    /// <param name="given">What was typed.</param>
    /// <param name="flag">True when it takes a name without a value.</param>
    /// <param name="set">True when it takes a name with a value, which is empty where none is left.</param>
    public static string? FirstRefused(string[] given, Func<string, bool> flag, Func<string, string, bool> set)
    {
        for (var i = 0; i < given.Length; i++)
        {
            if (flag(given[i])) continue;
            var (name, value) = (given[i], i + 1 < given.Length ? given[++i] : "");
            if (!set(name, value)) return $"{name} {value}";
        }

        return null;
    }

    /// <summary>A whole number; 0 for what is none.</summary>
    public static int Whole(string value) =>
        int.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
