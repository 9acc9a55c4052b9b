using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Quantum.AppHost;

/// <summary>
/// Tells what was started, waits for the end of a recording, prints what happened, and ends the run when asked to.
/// </summary>
internal sealed class RunReport(
    IHostApplicationLifetime lifetime, IConfiguration configuration, ServiceEnds ends, ConnectionFile connection,
    Greeting greeting, EndpointReference learning, TextWriter output) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_answerLimit = TimeSpan.FromSeconds(30);
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };
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
        await Console.Error.WriteLineAsync(await fault);
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }

    private async Task ReportAsync(CancellationToken stoppingToken)
    {
        using var http = new HttpClient { Timeout = s_answerLimit };
        using var timer = new PeriodicTimer(s_every);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!learning.IsAllocated || await ReadAsync(http, "done", stoppingToken) is not { } answer) continue;
            await GreetAsync(stoppingToken);
            if (!answer.GetProperty("done").GetBoolean()) continue;
            if (await ReadAsync(http, "summary", stoppingToken) is not { } summary) continue;
            Print(summary);
            if (configuration.GetValue<bool>("Run:ExitAtEnd")) lifetime.StopApplication();
            return;
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

    private async Task GreetAsync(CancellationToken cancel)
    {
        if (_greeted) return;
        _greeted = true;
        await connection.WriteAsync(cancel);
        greeting.Say();
    }

    private void Print(JsonElement summary)
    {
        if (configuration.GetValue<bool>("Run:Json"))
        {
            output.WriteLine(JsonSerializer.Serialize(summary, s_indented));
            output.Flush();
            return;
        }

        output.WriteLine();
        output.WriteLine("The recording is over.");
        foreach (var property in summary.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Object)
            {
                output.WriteLine($"  {property.Name,-22} {Text(property.Value)}");
                continue;
            }

            output.WriteLine($"  {property.Name}");
            foreach (var inner in property.Value.EnumerateObject())
                output.WriteLine($"    {inner.Name,-30} {Text(inner.Value),12}");
        }

        output.Flush();
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetDecimal().ToString("0.########", CultureInfo.InvariantCulture)
        : value.ToString();
}
