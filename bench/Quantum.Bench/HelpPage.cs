using System.Reflection;
using System.Text.RegularExpressions;

namespace Quantum.Bench;

/// <summary>
/// The page of a verb, of the folder Help: the launcher prints it without a build, and what it does not name is no
/// option.
/// </summary>
internal sealed partial class HelpPage
{
    private HelpPage(string text)
    {
        Text = text;
        // "usage: ./quantum bench streams [options]"
        Command = text.Split('\n')[0]["usage: ".Length..].Split(" [")[0];
        foreach (Match match in Entry().Matches(text))
        {
            var words = string.Join(' ', match.Groups["words"].Value.Split(
                '\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            Options[match.Groups["name"].Value] = new HelpOption(match.Groups["value"].Success, words);
        }
    }

    /// <summary>As it is printed.</summary>
    public string Text { get; }

    /// <summary>What is typed for the verb, such as `./quantum bench streams`.</summary>
    public string Command { get; }

    /// <summary>By name, such as `--seed`.</summary>
    public SortedDictionary<string, HelpOption> Options { get; } = new(StringComparer.Ordinal);

    /// <summary>That of a verb; throws <see cref="InvalidOperationException"/> for one that has none.</summary>
    public static HelpPage Of(string verb) => TryOf(verb)
        ?? throw new InvalidOperationException($"'{verb}' has no page in the folder Help: write {verb}.txt there.");

    /// <summary>That of a verb; null for one that has none.</summary>
    public static HelpPage? TryOf(string verb)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(verb + ".txt");
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return new HelpPage(reader.ReadToEnd().ReplaceLineEndings("\n"));
    }

    // A value stands one blank behind the name, the words at least two behind both; further lines are set in.
    [GeneratedRegex(@"^  (?<name>--[a-z-]+)(?: (?<value>\S+))?  +(?<words>.*(?:\n {10,}.*)*)", RegexOptions.Multiline)]
    private static partial Regex Entry();
}

/// <summary>An option of a verb.</summary>
/// <param name="TakesValue">False for a flag.</param>
/// <param name="Words">What it means, its range and its default, on one line.</param>
internal sealed record HelpOption(bool TakesValue, string Words);
