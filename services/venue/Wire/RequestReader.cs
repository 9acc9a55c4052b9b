using System.Buffers;
using System.IO.Pipelines;

namespace Quantum.Venue.Wire;

/// <summary>Reads parameters from query and form body, and what of both was signed.</summary>
internal static class RequestReader
{
    private const string SignatureName = "signature";
    private const string KeyHeader = "X-MBX-APIKEY";

    public static async ValueTask<Request> ReadAsync(HttpContext context, Route route)
    {
        var query = context.Request.QueryString.Value is { Length: > 1 } text ? text[1..] : "";
        var body = context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0
            ? await ReadBodyAsync(context.Request.BodyReader, context.RequestAborted)
            : "";
        var parameters = new Parameters();
        string? signature = null;
        var signed = Split(query, parameters, ref signature) + Split(body, parameters, ref signature);
        return new Request
        {
            Route = route,
            Parameters = parameters,
            Key = context.Request.Headers.TryGetValue(KeyHeader, out var key) ? key.ToString() : null,
            SignedText = signed,
            Signature = signature,
            Address = context.Connection.RemoteIpAddress?.ToString() ?? "",
        };
    }

    /// <summary>Takes the pairs out of one part; returns the part without the signature.</summary>
    internal static string Split(string part, Parameters parameters, ref string? signature)
    {
        var (cutFrom, cutTo) = (-1, -1);
        for (var start = 0; start < part.Length;)
        {
            var end = part.IndexOf('&', start);
            if (end < 0) end = part.Length;
            var pair = part.AsSpan(start, end - start);
            var equals = pair.IndexOf('=');
            var name = Unescape(equals < 0 ? pair : pair[..equals]);
            var value = equals < 0 ? "" : Unescape(pair[(equals + 1)..]);
            if (name == SignatureName)
            {
                signature ??= value;
                // Of the two '&' around it one goes along.
                (cutFrom, cutTo) = start > 0 ? (start - 1, end) : (0, Math.Min(end + 1, part.Length));
            }
            else if (name.Length > 0)
            {
                parameters.Add(name, value);
            }

            start = end + 1;
        }

        return cutFrom < 0 ? part : string.Concat(part.AsSpan(0, cutFrom), part.AsSpan(cutTo));
    }

    private static string Unescape(ReadOnlySpan<char> text) =>
        text.IndexOfAny('%', '+') < 0 ? new string(text) : Uri.UnescapeDataString(text.ToString().Replace('+', ' '));

    private static async ValueTask<string> ReadBodyAsync(PipeReader reader, CancellationToken cancel)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancel);
            if (read.IsCompleted)
            {
                var text = Encoding.UTF8.GetString(read.Buffer);
                reader.AdvanceTo(read.Buffer.End);
                return text;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
