using System.Collections;
using System.Runtime.InteropServices;

// A service that does what a test tells it by variables: HEALTH_FILE (healthy once the file is there), EXIT_CODE
// (ends at once), IGNORE_TERM (cannot be asked to end), STOP_FILE (names itself there when it ends).
Console.WriteLine($"fixture started in {Environment.CurrentDirectory}");
Console.WriteLine("\e[32mgreen words\e[0m");
Console.Error.WriteLine("words of the error stream");
if (Environment.GetEnvironmentVariable("EXIT_CODE") is { } exitCode)
{
    return int.Parse(exitCode, System.Globalization.CultureInfo.InvariantCulture);
}

using var deaf = Environment.GetEnvironmentVariable("IGNORE_TERM") is null
    ? null : PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
var app = builder.Build();
var healthFile = Environment.GetEnvironmentVariable("HEALTH_FILE");
var killed = 0;
app.MapGet("/health", () => healthFile is null || File.Exists(healthFile) ? Results.Ok() : Results.StatusCode(503));
app.MapGet("/id", () => Environment.ProcessId);
app.MapGet("/killed", () => killed);
app.MapPost("/admin/kill", () => ++killed);
app.MapGet("/env", () => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
    .ToDictionary(e => (string)e.Key, e => (string?)e.Value));
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine("listening"));
if (deaf is null)
{
    app.Run();
}
else
{
    await app.StartAsync();
    Console.WriteLine("deaf and running");
    await new TaskCompletionSource().Task;
}

if (Environment.GetEnvironmentVariable("STOP_FILE") is { } stopFile)
{
    await File.AppendAllTextAsync(stopFile, $"{Environment.GetEnvironmentVariable("OTEL_SERVICE_NAME")}\n");
}

return 0;
