using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Quantum.Hosting;

/// <summary>What of a failed start is told in one line: what a setting, a file or a port can cause.</summary>
internal static class StartFault
{
    /// <summary>The line; null for what only its stack explains.</summary>
    public static string? Of(Exception fault) => fault switch
    {
        StartupException => OneLine(fault.Message),
        AggregateException { InnerExceptions: [var only] } => Of(only),
        IOException { InnerException: AddressInUseException } => OneLine(fault.Message)
            + " Another process has it: end that one, or choose another address with ASPNETCORE_URLS=http://host:port.",
        InvalidOperationException or FormatException or ArgumentException or IOException or InvalidDataException
            or UnauthorizedAccessException or SocketException or JsonException or OptionsValidationException =>
            OneLine(WithCause(fault)),
        _ => null,
    };

    /// <summary>
    /// True for the log lines that the host and its server write of a failed start, with the whole stack, before they
    /// hand the fault to <see cref="QuantumHosting.RunAsync"/>, which tells it.
    /// </summary>
    public static bool IsToldByHosting(string category, EventId eventId, Exception? fault) =>
        fault is not null && Of(fault) is not null
        && (eventId.Name == "HostedServiceStartupFaulted"
            || category == "Microsoft.AspNetCore.Server.Kestrel" && eventId.Id == 0);

    private static string WithCause(Exception fault) =>
        fault.InnerException is { } inner && !fault.Message.Contains(inner.Message, StringComparison.Ordinal)
            ? $"{fault.Message} {inner.Message}"
            : fault.Message;

    private static string OneLine(string text) => string.Join(
        ' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
