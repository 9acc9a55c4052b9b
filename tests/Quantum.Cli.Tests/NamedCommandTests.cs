using System.CommandLine;
using System.Reflection;
using System.Text.RegularExpressions;
using Quantum.Cli.Commands;
using Quantum.Cli.Looking;

namespace Quantum.Cli.Tests;

/// <summary>
/// What a text tells to run can be run when it is copied: every <c>./quantum VERB …</c> of the product's texts and of
/// the pages names a verb with the words that it wants, and every setting beside one is a setting.
/// </summary>
public sealed partial class NamedCommandTests
{
    private static readonly string s_root =
        Path.GetDirectoryName(RunFolder.Of(AppContext.BaseDirectory).Path) ?? "";

    private static readonly string[] s_ofLauncher = ["up", "test", "bench", "chaos", "soak", "setup", "help"];
    private static readonly string[] s_pages = ["README.md", "ARCHITECTURE.md"];

    private static readonly string[] s_products =
        ["core", "services", "tools", "Quantum.AppHost", "Quantum.ServiceDefaults"];

    private static readonly Dictionary<string, Command> s_verbs = typeof(KillVerb).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(KillVerb).Namespace
            && type.Name.EndsWith("Verb", StringComparison.Ordinal))
        .Select(type => type.GetMethod("Create", BindingFlags.Public | BindingFlags.Static)?.Invoke(null, null))
        .OfType<Command>().ToDictionary(verb => verb.Name, StringComparer.Ordinal);

    [Fact]
    public void Every_command_that_a_text_names_can_be_copied()
    {
        var found = Texts().SelectMany(text => Faults(text.Text).Select(fault => $"{text.File}: {fault}")).ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
        Assert.True(s_verbs.Count > 20, "the verbs were not found");
        Assert.True(Texts().Sum(text => Asked().Count(text.Text)) > 150, "the texts were not found");
    }

    [Fact]
    public void Every_setting_that_a_page_or_an_example_names_is_one()
    {
        var page = File.ReadAllText(Path.Combine(s_root, "docs/SETTINGS.md"));
        var found = Texts().SelectMany(text => Strangers(text.Text, page).Select(name =>
            $"{text.File}: names `{name}`, which docs/SETTINGS.md does not have")).ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Theory]
    [InlineData("./quantum kill on --reason … ends all entries", null)]
    [InlineData("./quantum kill ends entries of all symbols", "kill wants one of on, off, status, not 'ends'")]
    [InlineData("`./quantum kill`", "kill wants one of on, off, status, not ''")]
    [InlineData("see `./quantum adopt X`.", "adopt wants --reason")]
    [InlineData("./quantum stop-move NEARUSDT --reason x", "stop-move wants price")]
    [InlineData("./quantum close --reason x", "close wants symbol")]
    [InlineData("(./quantum policy reset), or --reason", "reset wants --reason")]
    [InlineData("./quantum kick on", "there is no verb 'kick'")]
    [InlineData("./quantum audit --mend --redis localhost", "audit has no --mend")]
    [InlineData("./quantum audit tells, or --mend does", null)]
    [InlineData("./quantum dlq list {name}, then drop", null)]
    [InlineData("./quantum kill --help", null)]
    [InlineData("    // ./quantum kill", null)]
    [InlineData("./quantum up --anything", null)]
    public void A_command_that_is_refused_when_copied_is_found(string text, string? fault) =>
        Assert.Equal(fault is null ? [] : [fault], Faults(text));

    [Theory]
    [InlineData("--set TradingBot:MinConfidence=0.6", "TradingBot:MinConfidence")]
    [InlineData("`TradingBot:Gone` and `TradingBot:CooldownMs`", "TradingBot:Gone")]
    [InlineData("TradingBot__Gone=1 ./quantum up", "TradingBot__Gone")]
    [InlineData("`TradingBot:Worth`, --set TradingBot:CooldownMs=1, TradingBot__CooldownMs=1 ./quantum up", null)]
    public void A_setting_that_is_none_is_found(string text, string? stranger) => Assert.Equal(
        stranger is null ? [] : [stranger],
        Strangers(text, "| `TradingBot:Worth:MarginErrors` | `TradingBot:CooldownMs` | `TradingBot__CooldownMs` |"));

    private static IEnumerable<(string File, string Text)> Texts() =>
        from file in s_pages.Select(page => Path.Combine(s_root, page))
            .Concat(Directory.EnumerateFiles(Path.Combine(s_root, "docs"), "*.md"))
            .Concat(s_products.SelectMany(folder => Directory.EnumerateFiles(
                Path.Combine(s_root, folder), "*.*", SearchOption.AllDirectories)))
        where file.EndsWith(".md", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal)
            || file.EndsWith(".razor", StringComparison.Ordinal)
        let name = Path.GetRelativePath(s_root, file).Replace('\\', '/')
        where !name.Contains("/obj/", StringComparison.Ordinal) && !name.Contains("/bin/", StringComparison.Ordinal)
        select (name, File.ReadAllText(file));

    private static IEnumerable<string> Faults(string text) =>
        from Match asked in Asked().Matches(Comment().Replace(text, ""))
        let words = End().Split(asked.Groups[1].Value)[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)
        where !s_ofLauncher.Contains(words[0], StringComparer.Ordinal)
        let fault = FaultOf(words)
        where fault is not null
        select fault;

    private static string? FaultOf(string[] words)
    {
        if (!s_verbs.TryGetValue(words[0], out var command)) return $"there is no verb '{words[0]}'";
        var rest = words[1..];
        while (!rest.Contains("--help", StringComparer.Ordinal) && command.Subcommands.Count > 0)
        {
            var next = command.Subcommands.FirstOrDefault(sub => sub.Name == rest.FirstOrDefault());
            var names = string.Join(", ", command.Subcommands.Select(sub => sub.Name));
            if (next is null) return $"{command.Name} wants one of {names}, not '{rest.FirstOrDefault()}'";
            (command, rest) = (next, rest[1..]);
        }

        if (rest.Contains("--help", StringComparer.Ordinal)) return null;
        var given = rest.TakeWhile(word => !word.StartsWith('-')).Count();
        var wanted = command.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0).ToList();
        if (given < wanted.Count) return $"{command.Name} wants {wanted[given].Name}";
        var options = rest.Where(word => word.StartsWith("--", StringComparison.Ordinal)).ToList();
        var known = command.Options.SelectMany(option => option.Aliases.Append(option.Name)).ToList();
        if (command.Options.FirstOrDefault(option => option.Required && !options.Contains(option.Name)) is { } missing)
            return $"{command.Name} wants {missing.Name}";
        return options.Find(option => !known.Contains(option)) is { } strange
            ? $"{command.Name} has no {strange}"
            : null;
    }

    private static IEnumerable<string> Strangers(string text, string page) =>
        from Match named in Setting().Matches(Comment().Replace(text, ""))
        let name = named.Groups.Values.Skip(1).First(part => part.Success).Value
        // The word for any of them.
        where name != "Section:Name" && !page.Contains($"`{name}`", StringComparison.Ordinal)
            && !page.Contains($"`{name}:", StringComparison.Ordinal)
        select name;

    [GeneratedRegex(@"\./quantum ([a-z][^\n]*?)(?=\./quantum|\n|$)")]
    private static partial Regex Asked();

    // Where a command ends in a sentence.
    [GeneratedRegex(@"[.,;:](?=[\s`'""<)]|$)|[)`'""<|]|\s#")]
    private static partial Regex End();

    [GeneratedRegex("^ *//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"--set ([A-Z]\w*(?::[A-Z]\w*)+)=|`([A-Z]\w*(?::[A-Z]\w*)+)`|\b([A-Z]\w*__\w+)=[^ ]* \./quantum")]
    private static partial Regex Setting();
}
