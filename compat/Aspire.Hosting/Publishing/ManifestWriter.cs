using System.Text.Encodings.Web;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes the manifest file.</summary>
internal static class ManifestWriter
{
    private static readonly JsonWriterOptions s_indented = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.Default,
    };

    public static async Task WriteAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var given = services.GetRequiredService<IConfiguration>()["output-path"]
            ?? throw new DistributedApplicationException(
                "'--publisher manifest' needs '--output-path <file or folder>' to say where the manifest goes.");
        var path = Path.GetFullPath(given.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? given : Path.Combine(given, "aspire-manifest.json"));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var text = new MemoryStream();
        await using (var writer = new Utf8JsonWriter(text, s_indented))
        {
            var context = new ManifestPublishingContext(
                services.GetRequiredService<DistributedApplicationExecutionContext>(), path, writer, cancellationToken);
            await context.WriteModelAsync(services.GetRequiredService<DistributedApplicationModel>())
                .ConfigureAwait(false);
        }

        text.WriteByte((byte)'\n');
        // Written only once it is whole: a failed run leaves the old manifest as it was.
        await File.WriteAllBytesAsync(path, text.ToArray(), cancellationToken).ConfigureAwait(false);
        services.GetRequiredService<ConsoleOutput>().WriteLine(ConsoleOutput.AppHost, $"Published manifest to: {path}");
    }
}
