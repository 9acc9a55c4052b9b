using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Quantum.Backtest.Settings;
using Quantum.Contracts.Settings;
using Quantum.Contracts.Tests;
using Quantum.Contracts.Units;
using Quantum.Feeds;

namespace Quantum.Services.Tests;

public sealed partial class SettingsPageTests
{
    private static readonly string[] s_ofFrameworks =
    [
        "mode", "AppHost:BrowserToken", "ASPIRE_CONTAINER_RUNTIME", "DOTNET_ASPIRE_CONTAINER_RUNTIME", "urls",
        "ASPNETCORE_URLS", "PATH",
    ];

    [Fact]
    public void The_committed_page_is_what_the_types_say() =>
        GoldenFile.Compare("docs/SETTINGS.md", SettingsPage.Render());

    [Fact]
    public void Every_section_is_called_as_a_service_or_role_and_no_two_alike()
    {
        var types = SettingsPage.Types().ToList();
        Assert.All(types, known => Assert.True(known.Service.Length > 0,
            $"{known.Type.Name}: no service or role is called '{known.Section}'"));
        Assert.Equal(types.Count, types.DistinctBy(known => known.Section.ToUpperInvariant()).Count());
    }

    /// <summary>A file that ran live must run in a backtest: each section is read there or passed over.</summary>
    [Fact]
    public void Every_section_is_known_to_a_backtest() => Assert.Empty(SettingsPage.Types()
        .Select(known => known.Section)
        .Except(RunSettings.SectionsOfOthers)
        .Except(SystemSettings.OnTape(new()).All.Select(one => SettingsCheck.SectionOf(one.GetType())))
        .Except([SettingsCheck.SectionOf(typeof(FeedOptions))]));

    /// <summary>A key that is read by its bare name stands on the page as well.</summary>
    [Fact]
    public void Every_key_that_is_read_by_name_is_a_plain_setting_or_a_field_of_a_section()
    {
        var known = PlainSettings.All.Select(plain => plain.Name).ToHashSet(StringComparer.Ordinal);
        var sections = SettingsPage.Types().Select(type => type.Section + ":").ToArray();
        var sources = (
            from folder in (string[])["Quantum.AppHost", "Quantum.ServiceDefaults", "core", "services", "tools"]
            from file in Directory.EnumerateFiles(
                Path.Combine(GoldenFile.Root, folder), "*.cs", SearchOption.AllDirectories)
            where !file.Contains("/obj/", StringComparison.Ordinal)
            select file).ToDictionary(file => file, File.ReadAllText, StringComparer.Ordinal);
        string[] read =
        [
            .. from text in sources.Values
               from Match key in KeyRead().Matches(text)
               select key.Groups[1].Value,
            .. from text in sources.Values
               from Match asked in NameRead().Matches(text)
               from name in asked.Groups["text"].Success
                   ? [asked.Groups["text"].Value]
                   : ConstantOf(asked.Groups["name"].Value, text, sources)
               select asked.Groups[1].Value == "ConnectionString" ? $"ConnectionStrings:{name}"
                   : name.Replace("__", ":", StringComparison.Ordinal),
        ];
        Assert.Contains("Feed:Path", read);
        Assert.Contains("QUANTUM_FOLDER", read);
        Assert.Contains("ConnectionStrings:journal", read);
        Assert.All(read, key => Assert.True(
            known.Contains(key) || s_ofFrameworks.Contains(key)
            || sections.Any(section => key.StartsWith(section, StringComparison.Ordinal)),
            $"the key '{key}' is read, and docs/SETTINGS.md does not tell of it: add it to PlainSettings."));
    }

    [Fact]
    public void Every_number_has_a_range_of_its_own_kind()
    {
        foreach (var (path, field, _) in SettingsPage.Types().SelectMany(known =>
                     SettingsPage.Leaves(known.Section, SettingsPage.DefaultsOf(known.Type, false))))
        {
            var isWhole = field.Type == typeof(int) || field.Type == typeof(long) || field.Type == typeof(ulong);
            var isNumber = isWhole || field.Type == typeof(double) || field.Type == typeof(decimal);
            Assert.True(!isNumber || field.Range.Length > 0, $"{path} has no range");
            // [Range(0, 1)] rounds a fraction before it looks: 1.4 would do.
            Assert.True(
                isWhole || field.Rules.OfType<RangeAttribute>().All(range => range.OperandType == typeof(double)),
                $"{path}: write the limits of a fraction as 0.0 and 1.0");
        }
    }

    [Fact]
    public void Every_default_can_be()
    {
        foreach (var (_, section, type) in SettingsPage.Types())
        {
            foreach (var (isTape, mode) in ((bool, TradingMode)[])
                     [(false, TradingMode.Paper), (true, TradingMode.Paper), (false, TradingMode.Live)])
            {
                var defaults = (dynamic)SettingsPage.DefaultsOf(type, isTape, mode);
                Assert.Null(Record.Exception(() => SettingsCheck.Checked(defaults)));
            }
        }
    }

    // A name is a constant of the same file or, as `Type.Name`, of its type's; a variable was a name elsewhere.
    private static IEnumerable<string> ConstantOf(string name, string text, Dictionary<string, string> sources)
    {
        if (!char.IsUpper(name[0])) return [];
        var parts = name.Split('.');
        var place = parts.Length == 1
            ? text
            : sources.Single(source => Path.GetFileName(source.Key) == $"{parts[^2]}.cs").Value;
        var value = Regex.Match(place, $"const string {parts[^1]} = \"([^\"]+)\"");
        Assert.True(value.Success, $"{name} is asked of the environment, and is no constant");
        return [value.Groups[1].Value];
    }

    [GeneratedRegex("""Get(EnvironmentVariable|ConnectionString)\((?:"(?<text>[^"]+)"|(?<name>[\w.]+))\)""")]
    private static partial Regex NameRead();

    [GeneratedRegex("""(?:onfiguration\[|onfiguration\.GetValue<\w+>\()"([^"]+)"[\])]""")]
    private static partial Regex KeyRead();
}
