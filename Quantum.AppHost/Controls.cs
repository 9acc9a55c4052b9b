using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Quantum.AppHost;

/// <summary>
/// The operator's words as commands of the dashboard, said to governance as over HTTP: each asks why before it acts.
/// </summary>
internal static class Controls
{
    private static readonly TimeSpan s_answerLimit = TimeSpan.FromSeconds(10);

    private static readonly (string Name, string Text, string Path, string Icon, string Ask)[] s_words =
    [
        ("kill-on", "Kill switch on", "kill", "PlugDisconnected", "Stop all entries at once? Exits stay possible."),
        ("kill-off", "Kill switch off", "release", "PlugConnected", "Allow entries again?"),
        ("flatten", "Flatten", "flatten", "ArrowExit", "Stop all entries and close every open position at market?"),
        ("feed-pause", "Pause the feed", "feed/pause", "Pause", "Let the market stand still?"),
        ("feed-resume", "Resume the feed", "feed/resume", "Play", "Let the market go on?"),
    ];

    private const string KeySetting = "Control:Key";

    /// <summary>
    /// Adds the commands to governance, which asks for a key where <c>Control:Key</c> is set for it.
    /// </summary>
    public static IResourceBuilder<IResourceWithEnvironment> WithControls(
        this IResourceBuilder<IResourceWithEnvironment> governance, IConfiguration configuration,
        RunFolder run)
    {
        foreach (var (name, text, path, icon, ask) in s_words)
        {
            governance.WithCommand(
                name, text, context => SayAsync(governance.Endpoint("http"), KeyOf(configuration), path, context),
                new CommandOptions { ConfirmationMessage = ask, IconName = icon, Arguments = [Reason()] });
        }

        return governance.WithCommand(
            "audit", "Audit", context => AuditAsync(run, context), new CommandOptions { IconName = "Stethoscope" });
    }

#pragma warning disable ASPIREINTERACTION001 // Asking for a value is experimental; without it nobody would say why.
    private static InteractionInput Reason() => new()
    {
        Name = "reason", Label = "Reason", InputType = InputType.Text, Required = true,
        Description = "Recorded with the policy.",
    };

    private static string ReasonOf(ExecuteCommandContext context) => context.Arguments.GetString("reason") ?? "";
#pragma warning restore ASPIREINTERACTION001

    /// <summary>
    /// The key as governance reads it: this run's settings over those of its own file; null: it asks for none.
    /// </summary>
    internal static string? KeyOf(IConfiguration configuration)
    {
        if (configuration[KeySetting] is { Length: > 0 } given) return given;
        var folder = Path.GetDirectoryName(Places.AssemblyOf(Places.ProjectOf("governance")))!;
        var own = new ConfigurationBuilder().AddJsonFile(Path.Combine(folder, "appsettings.json"), optional: true);
        return own.Build()[KeySetting];
    }

    /// <summary>A client that shows the key with each request.</summary>
    internal static HttpClient ClientWith(string? key)
    {
        var http = new HttpClient { Timeout = s_answerLimit };
        if (!string.IsNullOrEmpty(key))
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    private static async Task<ExecuteCommandResult> SayAsync(
        EndpointReference governance, string? key, string path, ExecuteCommandContext context)
    {
        using var http = ClientWith(key);
        try
        {
            using var answer = await http.PostAsJsonAsync(
                new Uri($"{governance.Url}/control/{path}"),
                new { reason = ReasonOf(context), by = $"{Environment.UserName} (dashboard)" },
                context.CancellationToken);
            var body = await answer.Content.ReadAsStringAsync(context.CancellationToken);
            return answer.IsSuccessStatusCode
                ? CommandResults.Success("Said; governance's policy tells what came of it.")
                : CommandResults.Failure(ErrorOf(body) ?? $"governance answers {(int)answer.StatusCode}");
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return CommandResults.Failure("governance does not answer: " + fault.Message);
        }
    }

    private static async Task<ExecuteCommandResult> AuditAsync(RunFolder run, ExecuteCommandContext context)
    {
        var (exitCode, text) = await CommandLine.RunAsync(run, ["audit"], context.CancellationToken);
        return exitCode switch
        {
            0 => CommandResults.Success("Healthy", text, CommandResultFormat.Text),
            1 => CommandResults.Success("There are findings", text, CommandResultFormat.Text),
            _ => CommandResults.Failure("The audit could not look", text, CommandResultFormat.Text),
        };
    }

    private static string? ErrorOf(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.GetProperty("error").GetString();
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
