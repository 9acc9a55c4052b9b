using System.Globalization;

namespace Quantum.Bench;

/// <summary>Reads a verb's options: those that its page names, flags and names with a value behind each.</summary>
internal static class GivenOptions
{
    /// <summary>
    /// Hands over each; tells the first that cannot be, in one line that names it, its meaning and where more stands,
    /// or null.
    /// </summary>
    /// <param name="verb">Whose page tells which there are.</param>
    /// <param name="given">What was typed behind the verb.</param>
    /// <param name="flag">Takes a name without a value.</param>
    /// <param name="set">Takes a name with its value; false where it cannot be that.</param>
    public static string? Fault(
        string verb, string[] given, Action<string> flag, Func<string, string, bool> set)
    {
        var page = HelpPage.Of(verb);
        for (var i = 0; i < given.Length; i++)
        {
            var name = given[i];
            if (!page.Options.TryGetValue(name, out var option))
                return Words($"'{name}' is no option of {page.Command}.");
            if (!option.TakesValue)
            {
                flag(name);
                continue;
            }

            if (i + 1 == given.Length || page.Options.ContainsKey(given[i + 1]))
                return Words($"{name} needs a value: {option.Words}.");
            if (!set(name, given[++i])) return Words($"{name} cannot be '{given[i]}': {option.Words}.");
        }

        return null;

        string Words(string fault) => $"{fault} See {page.Command} --help.";
    }

    /// <summary>A verb that knows --json and --quick alone: which were given, and what is wrong or null.</summary>
    public static string? Fault(string verb, string[] given, out bool isJson, out bool isQuick)
    {
        (isJson, isQuick) = (given.Contains("--json"), given.Contains("--quick"));
        return Fault(verb, given, _ => { }, (_, _) => false);
    }

    /// <summary>A whole number; 0 for what is none.</summary>
    public static int Whole(string value) =>
        int.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>A finite number; 0 for what is none.</summary>
    public static double Number(string value) =>
        double.TryParse(value, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : 0;
}
