using System.Globalization;
using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.Testing;

namespace Quantum.EventLog.Tests.Conformance;

/// <summary>
/// A random sequence of calls, run on one log: what each call answered, as text without the log's own times and ids.
/// The same seed on two logs must tell the same story.
/// </summary>
public sealed class LogScript : IDisposable
{
    private static readonly RoleSeat s_seat = new(RoleNames.Executor, 0);
    private static readonly string[] s_owners = ["a", "b"];
    private readonly IConformanceLog _under;
    private readonly Random _random;
    private readonly LogLink _link;
    private readonly string _results;
    private readonly ILogSession[] _sessions;
    private readonly List<EntryId> _ids = [];
    private readonly List<string> _story = [];
    private CommitBatch _last = new();

    private LogScript(IConformanceLog under, int seed)
    {
        (_under, _random) = (under, new Random(seed));
        _link = under.Log.Keys.LinksOf(s_seat, StreamCatalog.TradeIntent)[0];
        _results = under.Log.Keys.Stream(StreamCatalog.ExecutionResult, 0);
        _sessions = [under.Log.OpenSession(s_seat), under.Log.OpenSession(s_seat)];
    }

    public static IReadOnlyList<string> Run(IConformanceLog under, int seed, int steps)
    {
        using var script = new LogScript(under, seed);
        script.Step("ensure", script.Ensure);
        for (var i = 0; i < steps; i++) script.Next();
        script.Step("end", script.Everything);
        return script._story;
    }

    public void Dispose()
    {
        foreach (var session in _sessions) session.Dispose();
    }

    private ILogSession Session => _sessions[_random.Next(2)];

    private void Next()
    {
        switch (_random.Next(24))
        {
            case < 6: Step("send", Send); break;
            case < 8: Step("acquire", Acquire); break;
            case < 11: Step("new", () => Fetch(pending: false)); break;
            case < 13: Step("pending", () => Fetch(pending: true)); break;
            case < 17: Step("commit", Commit); break;
            case 17: Step("again", () => Session.Commit(_last).ToString()); break;
            case 18: Step("commit and fetch", CommitAndFetch); break;
            case 19: Step("trim", Trim); break;
            case 20: Step("quiet", () => $"{_under.Log.IsQuiet([_link], out var who)} {who}"); break;
            case 21: Step("load", Load); break;
            case 22: Step("renew", () => $"{Session.Renew()}"); break;
            default: Step("outside", Outside); break;
        }
    }

    private void Step(string what, Func<string> call)
    {
        string answer;
        try
        {
            answer = call();
        }
        catch (GroupMissingException)
        {
            answer = "group missing";
        }

        _story.Add($"{_story.Count} {what}: {answer}");
    }

    private string Send()
    {
        var entry = new FieldBuffer();
        entry.Add("n"u8, _ids.Count);
        _ids.Add(_under.Log.Append(_link.StreamKey, entry));
        return $"{_ids.Count - 1}";
    }

    private string Acquire()
    {
        var at = _random.Next(2);
        var lease = _sessions[at].Acquire(s_owners[at], TimeSpan.FromMinutes(5));
        return $"{s_owners[at]} {lease.IsGranted} {lease.Owner} {lease.FruitlessLeases}";
    }

    private string Ensure()
    {
        var last = Session.EnsureGroup(_link, EntryId.Zero);
        return $"{NumberOf(last)}";
    }

    private string Fetch(bool pending)
    {
        var batch = new LogBatch();
        var read = new LinkRead(_link, pending ? IdOrZero() : EntryId.Zero, _random.Next(1, 6), pending);
        var isHeld = Session.Fetch([read], batch);
        return $"{isHeld} {TextOf(batch)}";
    }

    private string Commit() => Session.Commit(Batch()).ToString();

    private string CommitAndFetch()
    {
        var batch = new LogBatch();
        var reads = new LinkRead[] { new(_link, EntryId.Zero, _random.Next(1, 6)) };
        return $"{Session.CommitAndFetch(Batch(), reads, batch)} {TextOf(batch)}";
    }

    private CommitBatch Batch()
    {
        var session = _sessions[0];
        _last = new CommitBatch { ExpectedSequence = Math.Max(0, session.Load().Sequence + _random.Next(-4, 3) / 2) };
        for (var i = _random.Next(4); i > 0 && _ids.Count > 0; i--)
        {
            var id = _ids[_random.Next(_ids.Count)];
            var part = _last.For(_link);
            part.Acks.Add(id);
            part.Cursor = id;
            _last.AddOutput(_results).Add("for"u8, NumberOf(id));
        }

        for (var i = _random.Next(3); i > 0; i--)
        {
            var field = $"f{2 * i + _random.Next(2)}";
            _last.State.Add(new StateWrite(field, _random.Next(4) == 0 ? null : [(byte)('0' + i)]));
        }

        if (_random.Next(3) == 0) _last.Journal = $"j{_random.Next(100)}";
        if (_random.Next(4) == 0) _last.ClockMs = _random.Next(1, 1000) * 1000;
        return _last;
    }

    private string Trim() => $"{Session.Trim(_link.StreamKey, IdOrZero())}";

    private string Load()
    {
        var saved = Session.Load();
        var state = saved.State.OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => $"{field.Key}={Encoding.UTF8.GetString(field.Value)}");
        var cursors = saved.Cursors.Select(cursor => $"{cursor.Key}={NumberOf(cursor.Value)}");
        var journal = _under.Journal(s_seat).Select(record => $"{record.Sequence}:{record.Text}");
        return $"{saved.Sequence} {saved.ClockMs} [{string.Join(' ', state)}] "
            + $"[{string.Join(' ', cursors)}] [{string.Join(' ', journal)}]";
    }

    private string Everything() =>
        $"{Load()} | {string.Join(' ', _under.Entries(_results).Select(entry => entry.Fields[0].Value))} | "
        + string.Join(' ', _under.Entries(_link.StreamKey).Select(entry => entry.Fields[0].Value));

    private string Outside()
    {
        var what = _random.Next(6);
        var number = _random.Next(1, 5);
        if (_under.Length(_link.StreamKey) == 0) return "nothing";
        switch (what)
        {
            case 0:
                _under.Expire(s_seat);
                return "expire";
            case 1:
                _under.ForceTrim(_link.StreamKey, number);
                return $"trim to {number}";
            case 2:
                _under.DeleteGroup(_link.StreamKey, _link.Group);
                return $"delete group, ensure {Ensure()}";
            case 3:
                _under.DeleteStream(_link.StreamKey);
                // Within one millisecond the stream made anew would give the same ids again, and the story mix them up.
                var deletedAt = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
                Eventually.True(() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() > deletedAt + 1);
                return $"delete stream, {Fetch(pending: false)}";
            case 4:
                Ensure();
                _under.ReadAsOther(_link.StreamKey, _link.Group, "rogue", number);
                return "rogue read";
            default:
                return $"ensure {Ensure()}";
        }
    }

    private EntryId IdOrZero() =>
        _ids.Count == 0 || _random.Next(3) == 0 ? EntryId.Zero : _ids[_random.Next(_ids.Count)];

    private int NumberOf(EntryId id) => _ids.IndexOf(id);

    private string TextOf(LogBatch batch)
    {
        var text = new StringBuilder();
        for (var i = 0; i < batch.Count; i++)
        {
            var entry = batch[i];
            text.Append(CultureInfo.InvariantCulture, $"{NumberOf(entry.Id)}x{entry.Deliveries}");
            text.Append(entry.IsMissing ? "? " : " ");
        }

        return text.ToString();
    }
}
