namespace Quantum.Cli;

/// <summary>Options that several verbs share, so that they are spelled and explained the same everywhere.</summary>
internal static class CommonOptions
{
    /// <summary>The server's connection string; without it <see cref="Looking.RedisChoice"/> chooses.</summary>
    public static Option<string> Redis() => new("--redis", "-r")
    {
        Description = "Redis: host:port or a connection string; without a password it has that of "
            + "ConnectionStrings__redis where that names the same server (default: that of the running ./quantum up, "
            + "else of ConnectionStrings__redis, else localhost:6379)",
        HelpName = "host:port",
    };

    /// <summary>A number with a point for its fraction, in every language; null when it is not given.</summary>
    public static Option<double?> Number(
        string name, string what, string unit, double least, double most = double.MaxValue, double? unlessGiven = null)
    {
        var option = new Option<double?>(name)
        {
            Description = what, HelpName = unit, DefaultValueFactory = _ => unlessGiven,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (double.TryParse(text, NumberFormat, CultureInfo.InvariantCulture, out var number)
                    && number >= least && number <= most) return number;
                result.AddError($"{name} is '{text}': write a number such as {Shown(least, most)}.");
                return null;
            },
        };
        return option;
    }

    /// <summary>A whole number; null when it is not given.</summary>
    public static Option<int?> Whole(string name, string what, int least, int most, int? unlessGiven = null) =>
        new(name)
        {
            Description = what, DefaultValueFactory = _ => unlessGiven,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    && number >= least && number <= most) return number;
                result.AddError($"{name} is '{text}': write a whole number from {least} to {most}.");
                return null;
            },
        };

    private const NumberStyles NumberFormat = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;

    private static string Shown(double least, double most) => string.Create(
        CultureInfo.InvariantCulture, $"{Math.Max(0.5, least)}, from {least}")
        + (most < double.MaxValue ? string.Create(CultureInfo.InvariantCulture, $" to {most}") : "");

    /// <summary>A symbol as it was typed; throws <see cref="CliException"/> for what is none.</summary>
    public static Symbol SymbolOf(string text) => Symbol.TryParse(text.ToUpperInvariant(), out var symbol)
        ? symbol
        : throw new CliException($"'{text}' is no symbol: name one, for example NEARUSDT.");

    /// <summary>A text; null when it is not given.</summary>
    public static Option<string?> Text(string name, string what, string example) =>
        new(name) { Description = what, HelpName = example };

    /// <summary>What of an archive may be missing.</summary>
    public static Option<bool> SkipBroken() => new("--skip-broken")
    {
        Description = "leave out files of an archive that cannot be read",
    };

    /// <summary>Machine-readable output.</summary>
    public static Option<bool> Json() => new("--json")
    {
        Description = "print one JSON document instead of text",
    };

    /// <summary>Without it a verb that changes something only says what it would do.</summary>
    public static Option<bool> Yes() => new("--yes", "-y")
    {
        Description = "do it; without this nothing is changed",
    };
}
