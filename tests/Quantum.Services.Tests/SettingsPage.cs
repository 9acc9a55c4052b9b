using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Quantum.Binance;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Settings;
using Quantum.Contracts.Units;
using Quantum.Exchanges.Budget;
using Quantum.Feeds;
using Quantum.Hosting;
using Quantum.Roles.Executor;
using Quantum.Roles.Symbols;

namespace Quantum.Services.Tests;

/// <summary>
/// <c>docs/SETTINGS.md</c>: every settings type of the services, with the meaning that its members' comments give.
/// </summary>
internal static partial class SettingsPage
{
    private const string Every = "every service";

    private static readonly Dictionary<string, XElement> s_comments = new(StringComparer.Ordinal);

    /// <summary>The settings types by the service that reads them; a section of none is no key.</summary>
    public static IEnumerable<(string Service, string Section, Type Type)> Types() =>
        from assembly in ServiceAssemblies.All.Select(Assembly.Load)
            .Append(typeof(QuantumOptions).Assembly).Append(typeof(ExecutorSettings).Assembly)
            .Append(typeof(FeedOptions).Assembly).Append(typeof(BinanceSettings).Assembly)
            .Append(typeof(BudgetOptions).Assembly)
            .Append(typeof(Quantum.Venue.Engine.VenueOptions).Assembly)
        from type in assembly.GetTypes()
        where type.IsDefined(typeof(SectionAttribute))
        let section = SettingsCheck.SectionOf(type)
        select (ServiceOf(assembly, section) ?? "", section, type);

    /// <summary>Every setting of a section: its path, where it is declared, and what stands there.</summary>
    public static IEnumerable<(string Path, SettingField Field, object? Value)> Leaves(string path, object settings) =>
        from field in SettingField.Of(settings.GetType())
        let value = field.Property.GetValue(settings)
        from leaf in field.IsGroup
            ? Leaves($"{path}:{field.Name}", value!)
            : [(Path: $"{path}:{field.Name}", Field: field, Value: value)]
        select leaf;

    /// <summary>The defaults of a type: in real time or for a recording, on paper or at an exchange.</summary>
    public static object DefaultsOf(Type type, bool isTape, TradingMode mode = TradingMode.Paper)
    {
        var make = type.GetMethod("For", BindingFlags.Public | BindingFlags.Static);
        return make is null
            ? Activator.CreateInstance(type)!
            : make.Invoke(null, [.. make.GetParameters().Select(parameter => (object)(
                parameter.ParameterType == typeof(bool) ? isTape
                : parameter.ParameterType == typeof(TradingMode) ? mode : new SymbolFilterBook()))])!;
    }

    public static string Render()
    {
        var page = new StringBuilder(
            """
            # Settings

            Generated from the settings types by `QUANTUM_UPDATE_GOLDEN=1 dotnet test tests/Quantum.Services.Tests`.

            A setting is given as an environment variable (`Executor__MaxAttempts=5 ./quantum up`), in the service's
            `appsettings.json` (`{ "Executor": { "MaxAttempts": 5 } }`) or as an argument of the service
            (`--Executor:MaxAttempts=5`). What cannot be, and what no setting is called, keeps the service from
            starting: one line that names it, exit code 2. Where a default differs for a recording, or where the orders
            go to an exchange (every mode but paper), that stands behind it.

            """);
        AppendPlain(page);
        foreach (var service in Types().GroupBy(known => known.Service)
                     .OrderBy(known => known.Key == Every ? "" : known.Key, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {service.Key}\n");
            foreach (var (_, section, type) in service.OrderBy(known => known.Section, StringComparer.Ordinal))
                Append(page, section, type);
        }

        return page.ToString();
    }

    private static void AppendPlain(StringBuilder page)
    {
        page.Append("\n## the run, and where things are\n\n")
            .Append("| setting | read by | meaning | values | default | environment variable | option of up |\n")
            .Append("|---|---|---|---|---|---|---|\n");
        foreach (var plain in PlainSettings.All)
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{plain.Name}` | {plain.Reader} | {plain.Meaning} ")
                .Append(CultureInfo.InvariantCulture, $"| {plain.Values} | {plain.Default} ")
                .Append(CultureInfo.InvariantCulture, $"| `{SettingsCheck.VariableOf(plain.Name)}` ")
                .Append(CultureInfo.InvariantCulture, $"| {(plain.Option.Length > 0 ? $"`{plain.Option}`" : "")} |\n");
        }
    }

    private static void Append(StringBuilder page, string section, Type type)
    {
        var meaning = CommentOf(type.Assembly, $"T:{type.FullName}");
        page.Append(CultureInfo.InvariantCulture, $"\n### {section}\n\n{meaning}\n\n")
            .Append("| setting | meaning | unit | range | default | environment variable |\n")
            .Append("|---|---|---|---|---|---|\n");
        var tape = TextsOf(section, DefaultsOf(type, isTape: true));
        var exchange = TextsOf(section, DefaultsOf(type, isTape: false, TradingMode.Live));
        foreach (var (path, field, value) in Leaves(section, DefaultsOf(type, isTape: false)))
        {
            var text = TextOf(value);
            page.Append(CultureInfo.InvariantCulture,
                $"| `{path}` | {MeaningOf(path, field)} | {UnitOf(field)} | {Cell(field.Range)} ")
                .Append(CultureInfo.InvariantCulture, $"| {text}{Differing(text, tape[path], "for a recording")}")
                .Append(CultureInfo.InvariantCulture, $"{Differing(text, exchange[path], "at an exchange")} ")
                .Append(CultureInfo.InvariantCulture, $"| {VariablesOf(path, field)} |\n");
        }
    }

    private static Dictionary<string, string> TextsOf(string section, object settings) =>
        Leaves(section, settings).ToDictionary(leaf => leaf.Path, leaf => TextOf(leaf.Value), StringComparer.Ordinal);

    private static string Differing(string usual, string there, string where) =>
        usual == there ? "" : $"; {where} {there}";

    private static string MeaningOf(string path, SettingField field)
    {
        var owner = field.Property.DeclaringType!;
        return Cell(CommentOf(owner.Assembly, $"P:{owner.FullName}.{field.Name}")) is { Length: > 0 } meaning
            ? meaning
            : throw new InvalidOperationException($"{path} has no summary: write what it means at {owner.Name}.");
    }

    // The name says it: DESIGN, a raw number has its unit in its name.
    private static string UnitOf(SettingField field) => UnitAtEnd().Match(field.Name).Value switch
    {
        "Ms" => "ms",
        "Usd" => "USD",
        "PerTenSeconds" => "per ten seconds",
        "PerMinute" => "per minute",
        "UsdPerMinute" => "USD per minute",
        "" => "",
        var unit => unit.ToLowerInvariant(),
    };

    private static string VariablesOf(string path, SettingField field)
    {
        var variable = SettingsCheck.VariableOf(path);
        if (!field.IsList) return $"`{variable}`";
        var members = field.Type.GetGenericArguments()[0].GetConstructors()[0].GetParameters();
        return string.Join(", ", members.Select(member => $"`{variable}__0__{member.Name}`")) + ", then `__1` …";
    }

    private static string TextOf(object? value) => value switch
    {
        null or "" => "not set",
        string text => $"`{text}`",
        bool flag => flag ? "true" : "false",
        Enum name => name.ToString().ToLowerInvariant(),
        IEnumerable list => string.Join("; ", list.Cast<object>().Select(ElementOf)) is { Length: > 0 } text
            ? text
            : "none",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string ElementOf(object element) => string.Join(' ', element.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Select(property => (property.Name, Value: property.GetValue(element)))
        .Where(member => member.Value is not null)
        .Select(member => string.Create(CultureInfo.InvariantCulture, $"{member.Name} {member.Value}")));

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string? ServiceOf(Assembly assembly, string section)
    {
        if (assembly == typeof(QuantumOptions).Assembly) return Every;
        if (assembly == typeof(FeedOptions).Assembly) return "market";
        if (assembly == typeof(BinanceSettings).Assembly || assembly == typeof(BudgetOptions).Assembly)
            return "market and executor";
        if (assembly == typeof(Quantum.Venue.Engine.VenueOptions).Assembly) return ServiceHosts.SimulatedExchange;
        if (ServiceHosts.OfAssembly(assembly.GetName().Name) is { } own) return own.Name;
        return ServiceHosts.All.FirstOrDefault(host => IsCalled(host.Name, section)
            || host.Roles.Any(role => IsCalled(role, section)))?.Name;
    }

    private static bool IsCalled(string name, string section) => name.Replace("_", "", StringComparison.Ordinal)
        .Replace("-", "", StringComparison.Ordinal).Equals(section, StringComparison.OrdinalIgnoreCase);

    // The compiler keeps the comments beside the assembly.
    private static string CommentOf(Assembly assembly, string member)
    {
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        if (!s_comments.TryGetValue(file, out var members))
            s_comments[file] = members = XDocument.Load(file).Root!.Element("members")!;
        var summary = members.Elements().FirstOrDefault(known => (string?)known.Attribute("name") == member)
            ?.Element("summary");
        return summary is null ? "" : Spaces().Replace(string.Concat(summary.Nodes().Select(WordsOf)), " ").Trim();
    }

    private static string WordsOf(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => $"`{((string)see.Attribute("cref")!).Split('(')[0].Split('.')[^1]}`",
        XElement code => $"`{code.Value}`",
        _ => "",
    };

    [GeneratedRegex("((Usd)?Per(Minute|TenSeconds)|Ms|Usd|Seconds|Minutes|Hours|Days|Fraction|Candles|Trades)$")]
    private static partial Regex UnitAtEnd();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
