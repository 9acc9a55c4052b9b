using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using Quantum.Archive;
using Quantum.Contracts.Settings;

namespace Quantum.Replay;

/// <summary>Settings as texts by their paths (<c>Executor:MaxAttempts</c>), read into the roles' own types.</summary>
public sealed class SettingValues
{
    private readonly SortedDictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyDictionary<string, string> All => _values;

    /// <summary>Sets one; what stood below the path, as a list does, is gone.</summary>
    public void Set(string path, string value)
    {
        ArgumentNullException.ThrowIfNull(path);
        _values[path.Replace("__", ":", StringComparison.Ordinal)] = value;
    }

    /// <summary>Takes all away.</summary>
    public void Clear() => _values.Clear();

    /// <summary>
    /// Adds what a JSON file of sections says; throws <see cref="ArchiveException"/> where it cannot be read.
    /// </summary>
    public void AddFile(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(
                File.ReadAllBytes(path), new JsonDocumentOptions
                {
                    CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true,
                });
            Add("", json.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ArchiveException(
                $"--settings '{path}' cannot be read ({fault.Message}): name a JSON file of sections, as "
                + "docs/SETTINGS.md "
                + "has them.", fault);
        }
    }

    /// <summary>
    /// The settings with what their section says, checked. A key that they do not have, or a value that does not fit,
    /// throws an <see cref="ArchiveException"/> of one line.
    /// </summary>
    public TSettings Of<TSettings>(TSettings settings) where TSettings : class
    {
        var section = SettingsCheck.SectionOf(typeof(TSettings));
        foreach (var (path, value) in _values)
            if (path.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase))
                Apply(settings, section, path[(section.Length + 1)..], value);
        try
        {
            return settings.Checked();
        }
        catch (ArgumentException fault)
        {
            throw new ArchiveException(fault.Message, fault);
        }
    }

    /// <summary>Throws when a section is none of these.</summary>
    public void RequireKnown(IReadOnlyCollection<string> roles, IReadOnlyCollection<string> others)
    {
        foreach (var path in _values.Keys)
        {
            var section = path.Split(':')[0];
            if (roles.Contains(section, StringComparer.OrdinalIgnoreCase)
                || others.Contains(section, StringComparer.OrdinalIgnoreCase)) continue;
            throw new ArchiveException(
                $"{path} is no setting: docs/SETTINGS.md lists those of {string.Join(", ", roles)}; correct or "
                + "remove it.");
        }
    }

    private void Add(string path, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                    Add(path.Length == 0 ? member.Name : $"{path}:{member.Name}", member.Value);
                break;
            case JsonValueKind.Array:
                for (var i = 0; i < value.GetArrayLength(); i++)
                    Add(string.Create(CultureInfo.InvariantCulture, $"{path}:{i}"), value[i]);
                break;
            case JsonValueKind.Null:
                break;
            default:
                Set(path, value.ToString());
                break;
        }
    }

    private void Apply(object group, string path, string rest, string value)
    {
        var name = rest.Split(':')[0];
        var field = SettingField.Of(group.GetType())
            .FirstOrDefault(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArchiveException(
                $"{path}:{name} is no setting: docs/SETTINGS.md lists those of {path}. Correct or remove it.");
        var at = $"{path}:{field.Name}";
        var below = rest.Length > name.Length ? rest[(name.Length + 1)..] : "";
        if (field.IsGroup && below.Length > 0) Apply(field.Property.GetValue(group)!, at, below, value);
        else if (field.IsList && below is "0") field.Property.SetValue(group, ListOf(field, at));
        else if (field.IsList && below.Length > 0) return;
        else if (!field.IsGroup && !field.IsList && field.Takes(value))
            field.Property.SetValue(group, ValueOf(field.Type, value));
        else throw new ArchiveException(SettingsCheck.Line(at, $"is '{value}'", field.Kind));
    }

    private Array ListOf(SettingField field, string path)
    {
        var texts = new List<string>();
        while (_values.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"{path}:{texts.Count}"), out var text))
            texts.Add(text);
        var type = field.Type.GetGenericArguments()[0];
        var list = Array.CreateInstance(type, texts.Count);
        for (var i = 0; i < texts.Count; i++) list.SetValue(ValueOf(type, texts[i]), i);
        return list;
    }

    private static object? ValueOf(Type type, string text) =>
        type.IsEnum ? Enum.Parse(type, text, ignoreCase: true)
        : type == typeof(string) ? text
        : text.Length == 0 ? null
        : TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
}
