using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Quantum.Binance.Calls;

/// <summary>
/// The library's log: warnings go to ours, and a frame that it could not make anything of, which it tells only there,
/// to whoever listens. Below warnings it may write addresses with signatures, so those are not taken.
/// </summary>
internal sealed partial class LibraryLog(ILoggerFactory logs, Action<string, string> onUnread) : ILoggerFactory
{
    private const string Template = "{OriginalFormat}";

    public ILogger CreateLogger(string categoryName) => new Line(logs.CreateLogger(categoryName), onUnread);

    public void AddProvider(ILoggerProvider provider) => logs.AddProvider(provider);

    public void Dispose()
    {
        // The factory belongs to the host.
    }

    /// <summary>The event's name, or what else can be said of a frame.</summary>
    internal static string NameOf(string frame) =>
        EventName().Match(frame) is { Success: true } name ? $"event {name.Groups[1].Value}" : "frame";

    /// <summary>A frame without the listen key, with which the account's stream could be heard.</summary>
    internal static string WithoutKey(string frame) => Key().Replace(frame, "$1(key)\"");

    [GeneratedRegex("\"e\"\\s*:\\s*\"([A-Za-z0-9_]{1,60})\"")]
    private static partial Regex EventName();

    [GeneratedRegex("(\"(?:stream|listenKey)\"\\s*:\\s*\")[A-Za-z0-9_]{40,}\"")]
    private static partial Regex Key();

    private sealed class Line(ILogger log, Action<string, string> onUnread) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (logLevel < LogLevel.Warning) return;
            // The library's versions put the frame under different names: it is the part that is an object's text.
            var frame = (state as IEnumerable<KeyValuePair<string, object?>>)
                ?.Where(part => part.Key != Template).Select(part => part.Value as string)
                .FirstOrDefault(text => text?.StartsWith('{') == true);
            if (frame is null)
            {
                log.Log(logLevel, eventId, exception, "{Words}", WithoutKey(formatter(state, exception)));
                return;
            }

            onUnread(NameOf(frame), WithoutKey(frame));
        }
    }
}
