using System.Globalization;
using System.Text.Json;
using Quantum.Contracts.Catalog;

namespace Quantum.Cli.Tests;

/// <summary>`./quantum dlq`: nothing changes without --yes, and every change is one step that is noted.</summary>
public sealed class DlqVerbTests : IDisposable
{
    private static readonly string s_intents = StreamCatalog.TradeIntent.Key;
    private static readonly string s_letters = StreamCatalog.TradeIntent.DeadLetterKey;
    private readonly SystemFixture _system = new();

    public void Dispose() => _system.Dispose();

    [Fact]
    public void List_and_show_tell_what_happened()
    {
        Assert.Equal(0, _system.Run("dlq", "list").ExitCode);
        var id = Letter(ageS: 1);
        var run = _system.Run("dlq", "list", "trade.intent", "--json");
        Assert.Equal(1, run.ExitCode);
        var letter = Assert.Single(run.Json.GetProperty("letters").EnumerateArray());
        Assert.Equal("poison", letter.GetProperty("reason").GetString());
        Assert.Equal(id, letter.GetProperty("id").GetString());
        Assert.Contains("BTCUSDT", _system.Run("dlq", "show", "trade.intent", id).Output, StringComparison.Ordinal);
        Assert.Equal(2, _system.Run("dlq", "show", "trade.intent", "1-1").ExitCode);
        Assert.Equal(2, _system.Run("dlq", "list", "no.such").ExitCode);
    }

    [Fact]
    public void Redrive_sends_the_own_fields_under_a_new_id_and_takes_the_letter_away()
    {
        var id = Letter(ageS: 1);
        Assert.Equal(0, _system.Run("dlq", "redrive", "trade.intent", id).ExitCode);
        Assert.Equal((0, 1), (Length(s_intents), Length(s_letters)));
        Assert.Equal(0, _system.Run("dlq", "redrive", "trade.intent", id, "--yes").ExitCode);
        Assert.Equal((1, 0), (Length(s_intents), Length(s_letters)));
        var sent = Fields(s_intents);
        Assert.Equal("i1#r" + id, sent["event_id"]);
        Assert.Equal("BTCUSDT", sent["symbol"]);
        Assert.DoesNotContain(sent.Keys, name => name.StartsWith("dlq_", StringComparison.Ordinal));
        Assert.Contains("redrive", _system.Text("LINDEX", "quantum:cli:actions", "0"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_expired_goes_only_with_a_new_deadline()
    {
        Letter(ageS: 3600);
        var refused = _system.Run("dlq", "redrive", "trade.intent", "--all", "--yes", "--json");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("expires", refused.Output, StringComparison.Ordinal);
        Assert.Equal((0, 1), (Length(s_intents), Length(s_letters)));
        Assert.Equal(0, _system.Run("dlq", "redrive", "trade.intent", "--all", "--new-deadline", "60", "--yes")
            .ExitCode);
        var sent = Fields(s_intents);
        Assert.Equal(60_000, long.Parse(sent["deadline_ms"], CultureInfo.InvariantCulture)
            - long.Parse(sent["ts"], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void An_order_is_not_sent_again_by_hand_not_even_with_a_new_deadline()
    {
        var letters = StreamCatalog.OrderCommand.DeadLetterKey;
        _system.Add(letters, "dlq_stream", StreamCatalog.OrderCommand.Key, "dlq_id", "1-0", "dlq_reason", "poison",
            "event_id", "o1", "ts", "1000", "action", "place");
        var refused = _system.Run("dlq", "redrive", "order.command", "--all", "--new-deadline", "60", "--yes");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("passes no gate", refused.Output, StringComparison.Ordinal);
        Assert.Equal((0, 1), (Length(StreamCatalog.OrderCommand.Key), Length(letters)));
    }

    [Fact]
    public void A_letter_whose_content_is_lost_is_refused()
    {
        _system.Add(s_letters, "dlq_stream", s_intents, "dlq_id", "1-0", "dlq_reason", "missing");
        Assert.Equal(1, _system.Run("dlq", "redrive", "trade.intent", "--all", "--yes").ExitCode);
        Assert.Equal((0, 1), (Length(s_intents), Length(s_letters)));
    }

    [Fact]
    public void Drop_needs_yes_and_one_id_or_all()
    {
        Letter(ageS: 1);
        Letter(ageS: 1);
        Assert.Equal(2, _system.Run("dlq", "drop", "trade.intent", "--yes").ExitCode);
        Assert.Equal(0, _system.Run("dlq", "drop", "trade.intent", "--all").ExitCode);
        Assert.Equal(2, Length(s_letters));
        Assert.Equal(0, _system.Run("dlq", "drop", "trade.intent", "--all", "--yes").ExitCode);
        Assert.Equal(0, Length(s_letters));
    }

    private string Letter(int ageS)
    {
        var atMs = DateTimeOffset.UtcNow.AddSeconds(-ageS).ToUnixTimeMilliseconds()
            .ToString(CultureInfo.InvariantCulture);
        return _system.Add(
            s_letters, "dlq_stream", s_intents, "dlq_id", "1-0", "dlq_reason", "poison", "dlq_text", "threw",
            "dlq_role", "executor", "dlq_attempts", "3", "dlq_at_ms", atMs,
            "event_id", "i1", "ts", atMs, "symbol", "BTCUSDT", "deadline_ms", atMs);
    }

    private long Length(string key) => _system.Number("XLEN", key);

    private Dictionary<string, string> Fields(string key)
    {
        var json = _system.Text("EVAL", "return cjson.encode(redis.call('XREVRANGE', KEYS[1], '+', '-')[1][2])", "1",
            key);
        var words = JsonSerializer.Deserialize<string[]>(json)!;
        return words.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
    }
}
