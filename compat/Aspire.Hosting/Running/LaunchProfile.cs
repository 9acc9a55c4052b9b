using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aspire.Hosting.Running;

/// <summary>One profile of a project's launchSettings.json.</summary>
internal sealed record LaunchProfile(
    string Name, string? ApplicationUrl, IReadOnlyDictionary<string, string> EnvironmentVariables)
{
    /// <summary>The named profile, or the first that starts a project; null when there is none.</summary>
    public static LaunchProfile? Read(string projectPath, string? name)
    {
        var path = Path.Combine(Path.GetDirectoryName(projectPath)!, "Properties", "launchSettings.json");
        if (!File.Exists(path))
        {
            return null;
        }

        var profiles = Parse(path)?["profiles"]?.AsObject() ?? [];
        var found = profiles.FirstOrDefault(p => name is not null
            ? p.Key == name : p.Value?["commandName"]?.GetValue<string>() is null or "Project" or "Executable");
        if (found.Value is null)
        {
            return name is null ? null
                : throw new DistributedApplicationException($"'{path}' has no launch profile '{name}'.");
        }

        var variables = found.Value["environmentVariables"]?.AsObject() ?? [];
        return new LaunchProfile(
            found.Key,
            found.Value["applicationUrl"]?.GetValue<string>(),
            variables.ToDictionary(v => v.Key, v => v.Value?.ToString() ?? string.Empty));
    }

    /// <summary>The endpoints of the profile: the first of each scheme bears its name, later ones get a
    /// number.</summary>
    public IEnumerable<(string Name, Uri Url)> Endpoints()
    {
        var count = new Dictionary<string, int>();
        foreach (var text in (ApplicationUrl ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var url = Address(text);
            var number = count[url.Scheme] = count.GetValueOrDefault(url.Scheme) + 1;
            yield return (number == 1 ? url.Scheme : $"{url.Scheme}{number}", url);
        }
    }

    /// <summary>An address as Kestrel takes it: a star or a plus stands for every host.</summary>
    public static Uri Address(string text) => new(text
        .Replace("://*", "://localhost", StringComparison.Ordinal)
            .Replace("://+", "://localhost", StringComparison.Ordinal));

    private static JsonNode? Parse(string path)
    {
        try
        {
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true };
            return JsonNode.Parse(File.ReadAllText(path), documentOptions: options);
        }
        catch (JsonException malformed)
        {
            throw new DistributedApplicationException(
                $"There is malformed JSON in '{path}': {malformed.Message}", malformed);
        }
    }
}
