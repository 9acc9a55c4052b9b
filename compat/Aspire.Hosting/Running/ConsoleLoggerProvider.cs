using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Running;

/// <summary>Writes the AppHost's own log between the lines of the resources.</summary>
internal sealed class ConsoleLoggerProvider(ConsoleOutput output) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Line(output);

    public void Dispose()
    {
    }

    private sealed class Line(ConsoleOutput output) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var level = logLevel switch
                {
                    LogLevel.Information => "",
                    LogLevel.Warning => "warning: ",
                    _ => "error: ",
                };
                output.WriteLine(ConsoleOutput.AppHost,
                    $"{level}{formatter(state, exception)}{(exception is null ? "" : $": {exception.Message}")}");
            }
        }
    }
}
