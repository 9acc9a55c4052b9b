namespace Quantum.Cli;

/// <summary>Faults of a market name the option and its setting: this leaves what somebody gave.</summary>
internal static class TypedNames
{
    // What gives settings, where a verb takes them.
    private static readonly string[] s_ofSettings = ["--settings", "--set"];

    /// <summary>
    /// The option where it was typed or is the only way, the argument in the place of --data, the setting where
    /// settings were given and the option was not.
    /// </summary>
    public static string In(string fault, ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        return FeedNames.As(fault, (option, setting) =>
        {
            if (IsTyped(option)) return option;
            if (s_ofSettings.Any(IsTyped)) return setting;
            return command.Options.Any(known => known.Name == option) ? option
                : option == "--data" && command.Arguments.FirstOrDefault() is { } argument ? $"<{argument.Name}>"
                : null;
        });

        bool IsTyped(string name) => command.Options.FirstOrDefault(known => known.Name == name) is { } option
            && parsed.GetResult(option) is { Implicit: false };
    }
}
