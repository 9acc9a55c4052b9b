using System.Globalization;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes resources to the manifest, in the shapes that deployment tools read.</summary>
public sealed class ManifestPublishingContext(
    DistributedApplicationExecutionContext executionContext,
    string manifestPath,
    Utf8JsonWriter writer,
    CancellationToken cancellationToken = default)
{
    private readonly Dictionary<string, IResource> _referenced = [];
    private readonly Dictionary<string, ReferenceExpression> _conditionals = [];
    private readonly Dictionary<ParameterResource, SortedSet<string>> _encoded = [];
    private readonly PublishedPorts _ports = new();

    /// <summary>Publish mode.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    /// <summary>The path of the manifest.</summary>
    public string ManifestPath { get; } = manifestPath;

    /// <summary>The writer.</summary>
    public Utf8JsonWriter Writer { get; } = writer;

    /// <summary>Gives the writing up.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>A path as the manifest has it: relative to itself, with slashes.</summary>
    public string GetManifestRelativePath(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(ManifestPath))!;
        return Path.GetRelativePath(folder, path).Replace('\\', '/');
    }

    internal async Task WriteModelAsync(DistributedApplicationModel model)
    {
        Writer.WriteStartObject();
        Writer.WriteStartObject("resources");
        foreach (var resource in model.Resources)
        {
            await WriteResourceAsync(resource).ConfigureAwait(false);
        }

        foreach (var resource in _referenced.Values.Where(r => model.Resources.All(other => other.Name != r.Name))
            .ToList())
        {
            await WriteResourceAsync(resource).ConfigureAwait(false);
        }

        _encoded.Keys.ToList().ForEach(WriteEncoded);
        foreach (var (name, conditional) in _conditionals)
        {
            Writer.WriteStartObject(name);
            Writer.WriteString("type", "value.v0");
            var value = await conditional.GetValueAsync(CancellationToken).ConfigureAwait(false);
            Writer.WriteString("connectionString", value ?? string.Empty);
            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
        Writer.WriteEndObject();
        await Writer.FlushAsync(CancellationToken).ConfigureAwait(false);
    }

    private async Task WriteResourceAsync(IResource resource)
    {
        var found = resource.TryGetLastAnnotation<ManifestPublishingCallbackAnnotation>(out var own);
        if (found && own!.Callback is null)
        {
            return;
        }

        Writer.WriteStartObject(resource.Name);
        await (found ? own!.Callback!(this) : WriteBodyAsync(resource)).ConfigureAwait(false);
        Writer.WriteEndObject();
        if (resource is ParameterResource parameter)
        {
            WriteEncoded(parameter);
        }
    }

    /// <summary>The forms of a parameter that were asked for so far; those asked for later come at the end.</summary>
    private void WriteEncoded(ParameterResource parameter)
    {
        if (!_encoded.Remove(parameter, out var formats))
        {
            return;
        }

        foreach (var format in formats)
        {
            Writer.WriteStartObject(EncodedName(parameter, format));
            Writer.WriteString("type", "annotated.string");
            Writer.WriteString("value", parameter.ValueExpression);
            Writer.WriteString("filter", format);
            Writer.WriteEndObject();
        }
    }

    private Task WriteBodyAsync(IResource resource) => resource switch
    {
        ContainerResource container => WriteContainerAsync(container),
        ProjectResource project => WriteProjectAsync(project),
        ExecutableResource executable => WriteExecutableAsync(executable),
        ParameterResource parameter => WriteParameter(parameter),
        IResourceWithConnectionString connection => WriteValue(connection),
        _ => throw new NotSupportedException(
            $"A manifest entry for '{resource.Name}' ({resource.GetType().Name}) needs the package Aspire.Hosting."),
    };

    private async Task WriteContainerAsync(ContainerResource container)
    {
        Writer.WriteString("type", "container.v0");
        WriteConnectionString(container);
        if (!container.TryGetLastAnnotation<ContainerImageAnnotation>(out var image))
        {
            throw new DistributedApplicationException(
                $"Resource '{container.Name}' has no container image: call WithImage.");
        }

        Writer.WriteString(
            "image", $"{(image.Registry is null ? "" : image.Registry + "/")}{image.Image}:{image.Tag ?? "latest"}");
        if (container.Entrypoint is not null)
        {
            Writer.WriteString("entrypoint", container.Entrypoint);
        }

        await WriteArgsAsync(container).ConfigureAwait(false);
        WriteMounts(container);
        await WriteEnvironmentAsync(container).ConfigureAwait(false);
        WriteBindings(container);
    }

    private async Task WriteProjectAsync(ProjectResource project)
    {
        Writer.WriteString("type", "project.v0");
        Writer.WriteString(
            "path", GetManifestRelativePath(project.Annotations.OfType<IProjectMetadata>().Last().ProjectPath));
        await WriteArgsAsync(project).ConfigureAwait(false);
        await WriteEnvironmentAsync(project).ConfigureAwait(false);
        WriteBindings(project);
    }

    private async Task WriteExecutableAsync(ExecutableResource executable)
    {
        Writer.WriteString("type", "executable.v0");
        WriteConnectionString(executable);
        Writer.WriteString("workingDirectory", GetManifestRelativePath(executable.WorkingDirectory));
        Writer.WriteString("command", executable.Command);
        await WriteArgsAsync(executable).ConfigureAwait(false);
        await WriteEnvironmentAsync(executable).ConfigureAwait(false);
        WriteBindings(executable);
    }

    private Task WriteParameter(ParameterResource parameter)
    {
        Writer.WriteString("type", "parameter.v0");
        if (parameter.IsConnectionString)
        {
            Writer.WriteString("connectionString", parameter.ValueExpression);
        }

        Writer.WriteString("value", $"{{{parameter.Name}.inputs.value}}");
        Writer.WriteStartObject("inputs");
        Writer.WriteStartObject("value");
        Writer.WriteString("type", "string");
        if (parameter.Secret)
        {
            Writer.WriteBoolean("secret", true);
        }

        if (parameter.Default is { } standard)
        {
            Writer.WriteStartObject("default");
            standard.WriteToManifest(this);
            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
        Writer.WriteEndObject();
        return Task.CompletedTask;
    }

    private Task WriteValue(IResourceWithConnectionString resource)
    {
        Writer.WriteString("type", "value.v0");
        WriteConnectionString(resource);
        return Task.CompletedTask;
    }

    private void WriteConnectionString(IResource resource)
    {
        if (resource is IResourceWithConnectionString { ConnectionStringExpression: { } text })
        {
            Note(text);
            Writer.WriteString("connectionString", Placeholder(text));
        }
    }

    private async Task WriteArgsAsync(IResource resource)
    {
        var args = await LaunchValues.ArgsAsync(resource, ExecutionContext, CancellationToken).ConfigureAwait(false);
        if (args.Count == 0)
        {
            return;
        }

        Writer.WriteStartArray("args");
        foreach (var arg in args)
        {
            Note(arg);
            Writer.WriteStringValue(Placeholder(arg));
        }

        Writer.WriteEndArray();
    }

    private async Task WriteEnvironmentAsync(IResource resource)
    {
        var variables = await LaunchValues.VariablesAsync(resource, ExecutionContext, CancellationToken)
            .ConfigureAwait(false);
        if (variables.Count == 0)
        {
            return;
        }

        Writer.WriteStartObject("env");
        foreach (var (name, value) in variables)
        {
            Note(value);
            Writer.WriteString(name, Placeholder(value));
        }

        Writer.WriteEndObject();
    }

    private void WriteMounts(ContainerResource container)
    {
        foreach (var kind in container.Annotations.OfType<ContainerMountAnnotation>().GroupBy(mount => mount.Type)
            .OrderBy(k => k.Key))
        {
            var isVolume = kind.Key == ContainerMountType.Volume;
            Writer.WriteStartArray(isVolume ? "volumes" : "bindMounts");
            foreach (var mount in kind)
            {
                Writer.WriteStartObject();
                if (mount.Source is { } source)
                {
                    Writer.WriteString(isVolume ? "name" : "source", isVolume ? source
                        : GetManifestRelativePath(source));
                }

                Writer.WriteString("target", mount.Target);
                Writer.WriteBoolean("readOnly", mount.IsReadOnly);
                Writer.WriteEndObject();
            }

            Writer.WriteEndArray();
        }
    }

    private void WriteBindings(IResource resource)
    {
        var endpoints = _ports.Of(resource);
        if (endpoints.Count == 0)
        {
            return;
        }

        Writer.WriteStartObject("bindings");
        foreach (var (endpoint, port, targetPort) in endpoints)
        {
            Writer.WriteStartObject(endpoint.Name);
            Writer.WriteString("scheme", endpoint.UriScheme);
#pragma warning disable CA1308 // The manifest has lower case.
            Writer.WriteString("protocol", endpoint.Protocol.ToString().ToLowerInvariant());
#pragma warning restore CA1308
            Writer.WriteString("transport", endpoint.Transport);
            if (port is { } exposed)
            {
                Writer.WriteNumber("port", exposed);
            }

            if (targetPort is { } target)
            {
                Writer.WriteNumber("targetPort", target);
            }

            if (endpoint.IsExternal)
            {
                Writer.WriteBoolean("external", true);
            }

            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
    }

    private static string Placeholder(object value) => value switch
    {
        ReferenceExpression { IsConditional: false } text => string.Format(
            CultureInfo.InvariantCulture, text.Format, [.. text.ValueProviders.Select((_, i) => OpenPart(text, i))]),
        IManifestExpressionProvider provider => provider.ValueExpression,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
    };

    private static string OpenPart(ReferenceExpression text, int i) =>
        text.StringFormats[i] is { } format && text.ValueProviders[i] is ParameterResource parameter
            ? $"{{{EncodedName(parameter, format)}.value}}" : text.ManifestExpressions[i];

    private static string EncodedName(ParameterResource parameter, string format) =>
        $"{parameter.Name}-{format}-encoded";

    /// <summary>Notes what a value names that is not in the model itself, to be written after the model.</summary>
    private void Note(object value)
    {
        if (value is ReferenceExpression { IsConditional: true, Name: { } name } conditional)
        {
            _conditionals.TryAdd(name, conditional);
        }

        if (value is ReferenceExpression text)
        {
            foreach (var (format, provider) in text.StringFormats.Zip(text.ValueProviders))
            {
                if (format is not null && provider is ParameterResource parameter)
                {
                    (_encoded.TryGetValue(parameter, out var formats) ? formats : _encoded[parameter] = []).Add(format);
                }
            }
        }

        if (value is IResource resource)
        {
            _referenced.TryAdd(resource.Name, resource);
        }
        else if (value is IValueWithReferences references)
        {
            foreach (var reference in references.References)
            {
                Note(reference);
            }
        }
    }
}
