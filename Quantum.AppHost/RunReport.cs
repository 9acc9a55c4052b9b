using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Quantum.Contracts.Settings;

namespace Quantum.AppHost;

/// <summary>
/// Tells what was started, waits for the end of a recording, prints what happened, and ends the run when asked to.
/// </summary>
internal sealed class RunReport(
    IHostApplicationLifetime lifetime, IConfiguration configuration, ServiceEnds ends, ConnectionFile connection,
    Greeting greeting, EndpointReference learning, TextWriter output) : BackgroundService
{
    private const int TriesForAlarms = 10;
    private static readonly TimeSpan s_every = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_alarmPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_answerLimit = TimeSpan.FromSeconds(30);
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };
    private readonly HashSet<string> _alarms = [];
    private bool _greeted;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var leaving = connection;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        var fault = ends.FirstFaultAsync(over.Token);
        var report = ReportAsync(over.Token);
        var isReported = await Task.WhenAny(fault, report) == report;
        if (over.IsCancellationRequested) return;
        if (isReported) await report;
        await Task.WhenAny(fault);
        if (over.IsCancellationRequested) return;
        await TellLastAlarmsAsync(over.Token);
        var (text, exitCode) = await fault;
        await Console.Error.WriteLineAsync(text);
        Environment.ExitCode = exitCode;
        lifetime.StopApplication();
    }

    private async Task ReportAsync(CancellationToken stoppingToken)
    {
        using var http = new HttpClient { Timeout = s_answerLimit };
        using var timer = new PeriodicTimer(s_every);
        await connection.WriteAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!learning.IsAllocated || await ReadAsync(http, "done", stoppingToken) is not { } answer) continue;
            Greet();
            await TellAlarmsAsync(answer);
            if (!answer.GetProperty("done").GetBoolean()) continue;
            if (await ReadAsync(http, "summary", stoppingToken) is not { } summary) continue;
            Print(summary);
            if (configuration.IsOn(PlainSettings.RunExitAtEnd)) lifetime.StopApplication();
            return;
        }
    }

    // A user of this run sees them when they happen, whatever the services' own lines are.
    private async Task TellAlarmsAsync(JsonElement answer)
    {
        foreach (var alarm in answer.GetProperty("alarms").EnumerateArray())
            if (_alarms.Add(alarm.GetString()!)) await Console.Error.WriteLineAsync($"quantum up: {alarm}.");
    }

    // A service that could not go on may have told why a moment before.
    private async Task TellLastAlarmsAsync(CancellationToken cancel)
    {
        using var http = new HttpClient { Timeout = s_alarmPatience };
        for (var tries = 0; tries < TriesForAlarms; tries++)
        {
            if (learning.IsAllocated && await ReadAsync(http, "done", cancel) is { } answer)
            {
                await TellAlarmsAsync(answer);
                return;
            }

            await Task.Delay(s_alarmPatience, cancel);
        }
    }

    private async Task<JsonElement?> ReadAsync(HttpClient http, string path, CancellationToken cancel)
    {
        try
        {
            using var document = JsonDocument.Parse(
                await http.GetStringAsync(new Uri($"{learning.Url}/{path}"), cancel));
            return document.RootElement.Clone();
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException
            || (fault is TaskCanceledException && !cancel.IsCancellationRequested))
        {
            // The service is starting, or coming back after a crash: the next second asks again.
            return null;
        }
    }

    private void Greet()
    {
        if (_greeted) return;
        _greeted = true;
        greeting.Say();
    }

    private void Print(JsonElement summary)
    {
        if (configuration.IsOn(PlainSettings.RunJson))
        {
            output.WriteLine(JsonSerializer.Serialize(summary, s_indented));
            output.Flush();
            return;
        }

        output.WriteLine();
        output.WriteLine("The recording is over.");
        foreach (var property in summary.EnumerateObject()) Print(property);
        output.Flush();
    }

    private void Print(JsonProperty property)
    {
        switch (property.Value.ValueKind)
        {
            case JsonValueKind.Object:
                output.WriteLine($"  {property.Name}");
                foreach (var inner in property.Value.EnumerateObject())
                    output.WriteLine($"    {inner.Name,-30} {Text(inner.Value),12}");
                break;
            case JsonValueKind.Array:
                output.WriteLine($"  {property.Name,-22} {property.Value.GetArrayLength()}");
                foreach (var item in property.Value.EnumerateArray()) output.WriteLine($"    {Text(item)}");
                break;
            default:
                output.WriteLine($"  {property.Name,-22} {Text(property.Value)}");
                break;
        }
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDecimal().ToString("0.########", CultureInfo.InvariantCulture),
        JsonValueKind.Object => string.Join(
            ", ", value.EnumerateObject().Where(part => part.Value.ValueKind != JsonValueKind.Null)
                .Select(part => $"{part.Name} {Text(part.Value)}")),
        _ => value.ToString(),
    };
}
