using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace Aspire.Hosting.Running;

/// <summary>A generated value that is kept in the AppHost's user secrets, so that the next run has the same.</summary>
internal sealed class KeptParameterDefault(Assembly? assembly, string name, ParameterDefault inner) : ParameterDefault
{
    private static readonly Lock s_file = new();
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public override void WriteToManifest(ManifestPublishingContext context) => inner.WriteToManifest(context);

    public override string GetDefaultValue()
    {
        if (assembly?.GetCustomAttribute<UserSecretsIdAttribute>()?.UserSecretsId is not { } id)
        {
            return inner.GetDefaultValue();
        }

        var path = PathHelper.GetSecretsPathFromSecretsId(id);
        var key = $"Parameters:{name}";
        lock (s_file)
        {
            var secrets = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path))?.AsObject() ?? [] : [];
            if (secrets[key]?.GetValue<string>() is { Length: > 0 } kept)
            {
                return kept;
            }

            var value = inner.GetDefaultValue();
            secrets[key] = value;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var file = new StreamWriter(path, options);
            file.Write(secrets.ToJsonString(s_indented));
            return value;
        }
    }
}
