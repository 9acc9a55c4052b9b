using System.Diagnostics;
using Quantum.Resp;

namespace Quantum.Bench;

/// <summary>
/// Publishes samples over one connection with a window of entries in flight: our side of the publish figures.
/// </summary>
internal sealed class BatchPublisher : IDisposable
{
    private static readonly byte[] s_stream = System.Text.Encoding.UTF8.GetBytes(IntentSample.Stream);
    private static readonly byte[][] s_names =
        [.. IntentSample.Fields.Where((_, i) => i % 2 == 0).Select(n => RespWriter.Encode(n))];
    private static readonly byte[][] s_values =
        [.. IntentSample.Fields.Where((_, i) => i % 2 == 1).Select(System.Text.Encoding.UTF8.GetBytes)];

    private readonly RespConnection _connection;

    public BatchPublisher(string connectionString) =>
        _connection = RespConnection.Connect(RespEndpoint.Parse(connectionString));

    /// <summary>
    /// Entries per second for <paramref name="count"/> entries, never more than <paramref name="window"/> in flight: an
    /// eighth of the window is written while the rest is on its way, so that the server never waits for work.
    /// </summary>
    public double Run(int count, int window)
    {
        var clock = Stopwatch.StartNew();
        var part = window / 8;
        var sent = 0;
        while (sent < count || _connection.PendingReplies > 0)
        {
            var burst = Math.Min(part, count - sent);
            if (burst > 0)
            {
                var writer = _connection.BeginWrite();
                for (var i = 0; i < burst; i++) Write(writer);
                _connection.Flush();
                sent += burst;
            }

            var keep = sent < count ? window - part : 0;
            while (_connection.PendingReplies > keep) _connection.ReadEntryId();
        }

        return count / clock.Elapsed.TotalSeconds;
    }

    public void Delete() => _connection.Call("DEL", IntentSample.Stream).ThrowIfError();

    public void Dispose() => _connection.Dispose();

    public static void Write(RespWriter writer)
    {
        writer.BeginXAdd(s_stream, s_names.Length);
        for (var i = 0; i < s_names.Length; i++)
        {
            writer.WriteEncoded(s_names[i]);
            writer.WriteBulk(s_values[i]);
        }
    }
}
