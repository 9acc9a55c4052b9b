using Microsoft.Extensions.Logging;

namespace Quantum.Hosting.Logging;

/// <summary>
/// The service's loggers, with <see cref="RepeatedLines"/> between who logs and where it goes. What is worse than an
/// error ends the process and is always told.
/// </summary>
internal sealed class QuietLoggerFactory : ILoggerFactory
{
    private static readonly TimeSpan s_flushEvery = TimeSpan.FromSeconds(5);

    private readonly LoggerFactory _inner;
    private readonly RepeatedLines _lines;
    private readonly ITimer _timer;

    public QuietLoggerFactory(LoggerFactory inner, TimeProvider time)
    {
        (_inner, _lines) = (inner, new RepeatedLines(time));
        _timer = time.CreateTimer(_ => _lines.Flush(), null, s_flushEvery, s_flushEvery);
    }

    public ILogger CreateLogger(string categoryName) =>
        new QuietLogger(_inner.CreateLogger(categoryName), categoryName, _lines);

    public void AddProvider(ILoggerProvider provider) => _inner.AddProvider(provider);

    public void Dispose()
    {
        _timer.Dispose();
        _lines.Flush(all: true);
        _inner.Dispose();
    }

    private sealed class QuietLogger(ILogger inner, string category, RepeatedLines lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (!inner.IsEnabled(logLevel) || StartFault.IsToldByHosting(category, eventId, exception)) return;
            if (logLevel is LogLevel.Warning or LogLevel.Error)
            {
                var text = formatter(state, exception);
                if (exception is not null) text += $" {exception.GetType().Name}: {exception.Message.Split('\n')[0]}";
                if (!lines.Admit(category, logLevel, text, inner)) return;
            }

            inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
