using System.ComponentModel;

namespace Quantum.Contracts.Settings;

/// <summary>
/// Sets settings by their paths from texts, as files, environment and command line give them: the same for a service
/// and for a backtest.
/// </summary>
public static class SettingsBinding
{
    /// <summary>
    /// Changes what the values name and checks the whole. A key that the settings do not have, or a value that does not
    /// fit, throws an <see cref="ArgumentException"/> of one line that names it. A list that is named is replaced.
    /// </summary>
    /// <param name="settings">Fresh ones, of nobody else: they are changed.</param>
    /// <param name="values">By path below the section, <c>Plan:HoldMs</c>, upper and lower case alike.</param>
    public static TSettings Bound<TSettings>(
        this TSettings settings, IEnumerable<KeyValuePair<string, string?>> values) where TSettings : class
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(values);
        var root = new Node();
        foreach (var (path, text) in values) root.At(path).Value = text;
        var section = SettingsCheck.SectionOf(settings.GetType());
        Set(settings, root, section, section);
        return settings.Checked();
    }

    /// <summary>
    /// The same by whole paths, <c>Executor:Plan:HoldMs</c>; those of other sections are passed over.
    /// </summary>
    /// <param name="settings">Fresh ones, of nobody else: they are changed.</param>
    /// <param name="values">Of any sections.</param>
    public static TSettings BoundAmong<TSettings>(
        this TSettings settings, IEnumerable<KeyValuePair<string, string?>> values) where TSettings : class
    {
        ArgumentNullException.ThrowIfNull(settings);
        var section = SettingsCheck.SectionOf(settings.GetType()) + ":";
        return settings.Bound(values
            .Where(pair => pair.Key.StartsWith(section, StringComparison.OrdinalIgnoreCase))
            .Select(pair => KeyValuePair.Create(pair.Key[section.Length..], pair.Value)));
    }

    private static void Set(object group, Node node, string path, string section)
    {
        foreach (var (name, child) in node.Children)
        {
            var field = SettingField.Of(group.GetType())
                .FirstOrDefault(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw Unknown($"{path}:{name}", section);
            var at = $"{path}:{field.Name}";
            if (field.IsGroup && child.Value is null) Set(field.Property.GetValue(group)!, child, at, section);
            else if (field.IsList && child.Value is null) SetList(group, field, child, at, section);
            else if (child.Value is not { } text || !field.Takes(text))
                throw new ArgumentException(SettingsCheck.Line(at, $"is '{child.Value}'", field.Kind));
            else field.Property.SetValue(group, Read(field.Property.PropertyType, text));
        }
    }

    private static void SetList(object group, SettingField field, Node node, string path, string section)
    {
        var type = field.Type.GetGenericArguments()[0];
        var items = node.Children
            .OrderBy(pair => int.TryParse(pair.Key, CultureInfo.InvariantCulture, out var place)
                ? place
                : throw Unknown($"{path}:{pair.Key}", section))
            .Select(pair => ItemOf(type, pair.Value, $"{path}:{pair.Key}", section)).ToArray();
        var list = Array.CreateInstance(type, items.Length);
        for (var i = 0; i < items.Length; i++) list.SetValue(items[i], i);
        field.Property.SetValue(group, list);
    }

    private static object? ItemOf(Type type, Node node, string path, string section)
    {
        if (node.Value is { } text) return Read(type, text, path);
        var constructor = type.GetConstructors().MaxBy(one => one.GetParameters().Length)!;
        var parameters = constructor.GetParameters();
        foreach (var name in node.Children.Keys)
            if (!Array.Exists(parameters, known => IsNamed(known.Name, name)))
                throw Unknown($"{path}:{name}", section);
        var values = parameters.Select(parameter =>
        {
            var given = node.Children.FirstOrDefault(pair => IsNamed(parameter.Name, pair.Key)).Value?.Value;
            if (given is null && parameter.HasDefaultValue) return parameter.DefaultValue;
            return Read(parameter.ParameterType, given ?? "", $"{path}:{parameter.Name}");
        });
        return constructor.Invoke([.. values]);
    }

    private static bool IsNamed(string? parameter, string name) =>
        string.Equals(parameter, name, StringComparison.OrdinalIgnoreCase);

    private static object? Read(Type type, string text, string path)
    {
        var converter = TypeDescriptor.GetConverter(type);
        return converter.CanConvertFrom(typeof(string)) && converter.IsValid(text)
            ? Read(type, text)
            : throw new ArgumentException(
                SettingsCheck.Line(path, $"is '{text}'", $"a {type.Name.ToLowerInvariant()}"));
    }

    private static object? Read(Type type, string text) =>
        TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);

    private static ArgumentException Unknown(string path, string section) => new(
        $"{path} is no setting: docs/SETTINGS.md lists those of {section}. Correct or remove it; as an environment "
        + $"variable it is {SettingsCheck.VariableOf(path)}.");

    private sealed class Node
    {
        public string? Value { get; set; }

        public SortedDictionary<string, Node> Children { get; } = new(StringComparer.OrdinalIgnoreCase);

        public Node At(string path)
        {
            var node = this;
            foreach (var name in path.Split(':'))
            {
                if (!node.Children.TryGetValue(name, out var next)) node.Children[name] = next = new Node();
                node = next;
            }

            return node;
        }
    }
}
