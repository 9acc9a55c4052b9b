using System.Collections.Concurrent;
using Quantum.EventLog;
using Quantum.Exchanges;
using Quantum.Resp;

namespace Quantum.Executor.Venue;

/// <summary>
/// Tells the audit, and the log, what a person must know of the account. Each is over a while after it was told last.
/// Any thread; waits for a Redis that is away.
/// </summary>
internal sealed class VenueNotes(RespEndpoint endpoint, ILogger<VenueNotes> log) : IDisposable
{
    /// <summary>For what is told again and again as long as it is so.</summary>
    public static readonly TimeSpan Lasting = TimeSpan.FromMinutes(2);

    /// <summary>For what happened once.</summary>
    public static readonly TimeSpan Once = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, (long Count, string Text)> _told = new(StringComparer.Ordinal);
    private readonly RespClient _client = new(endpoint);
    private readonly Lock _lock = new();

    public void Tell(VenueNotice notice, TimeSpan lasts, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var field = VenueNote.Field(notice.Code, notice.About);
        var isNew = !_told.TryGetValue(field, out var before) || before.Text != notice.Text;
        var count = isNew || lasts != Lasting ? before.Count + 1 : before.Count;
        _told[field] = (count, notice.Text);
        if (isNew) log.LogWarning("{Code}: {Text} {Mend}.", notice.Code, notice.Text, notice.Mend);
        var untilMs = DateTimeOffset.UtcNow.Add(lasts).ToUnixTimeMilliseconds();
        var note = new VenueNote(
            notice.Severity.ToString().ToLowerInvariant(), untilMs, Math.Max(1, count), notice.Text, notice.Mend);
        Run(connection => connection.Call("HSET", VenueNote.Key, field, note.Write()).ThrowIfError(), cancel);
    }

    /// <summary>It is no longer so.</summary>
    public void Over(string code, string about, CancellationToken cancel)
    {
        var field = VenueNote.Field(code, about);
        if (!_told.TryRemove(field, out _)) return;
        log.LogInformation("{Code} {About}: it is over", code, about);
        Run(connection => connection.Call("HDEL", VenueNote.Key, field).ThrowIfError(), cancel);
    }

    public void Dispose() => _client.Dispose();

    private void Run(Action<RespConnection> call, CancellationToken cancel)
    {
        lock (_lock)
        {
            _client.Execute(connection =>
            {
                call(connection);
                return true;
            }, cancel);
        }
    }
}
