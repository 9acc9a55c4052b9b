using System.Text;
using System.Text.Json;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;

namespace Quantum.Contracts.Tests.Flow;

/// <summary>What a role remembers reaches the store, and only what was touched.</summary>
public class RoleStateTests
{
    private sealed class Tally
    {
        public int Count { get; set; }
        public Side? Last { get; set; }
        public Symbol Symbol { get; set; } = Symbol.Parse("BTCUSDT");
    }

    private sealed class Box
    {
        public Dictionary<int, Tally> Parts { get; init; } = [];
    }

    private sealed class Shelf
    {
        public List<Box> Boxes { get; init; } = [];
        public Queue<Tally> Queue { get; init; } = new();
        public Row[] Rows { get; set; } = [];
        public Row? Maybe { get; set; }
        public Held? Held { get; set; }
    }

    // Set once, and yet what stands in it changes.
    private sealed record Held(Row Row);

    private readonly record struct Row(int Number, List<int> Items);

    private readonly Dictionary<string, string> _saved = [];
    private readonly List<string> _writes = [];

    private void Keep(string field, byte[]? value)
    {
        _writes.Add(field);
        if (value is null) Assert.True(_saved.Remove(field), $"{field} removed though never saved");
        else _saved[field] = Encoding.UTF8.GetString(value);
    }

    private static (RoleState State, StateCell<Tally> Cell, StateMap<Tally> Map) Create()
    {
        var state = new RoleState();
        return (state, state.Cell("total", () => new Tally()), state.Map("by_symbol", _ => new Tally()));
    }

    private IEnumerable<KeyValuePair<string, byte[]>> Saved() =>
        _saved.Select(s => KeyValuePair.Create(s.Key, Encoding.UTF8.GetBytes(s.Value)));

    [Fact]
    public void Nothing_touched_is_nothing_saved()
    {
        var (state, cell, map) = Create();
        cell.Value.Count = 5;
        Assert.Null(map.Find("BTCUSDT"));
        state.SaveTouched(Keep);
        Assert.Empty(_writes);
    }

    [Fact]
    public void The_list_of_a_map_follows_its_keys_and_is_made_anew_only_then()
    {
        var (state, _, map) = Create();
        map.Touch("ETHUSDT").Count = 1;
        map.Touch("BTCUSDT").Count = 2;
        var listed = map.All;
        Assert.Equal(["BTCUSDT", "ETHUSDT"], listed.Select(pair => pair.Key));
        map.Touch("ETHUSDT").Count = 3;
        Assert.True(listed == map.All);
        Assert.Equal(3, listed[1].Value.Count);
        map.Set("ETHUSDT", new Tally { Count = 4 });
        Assert.Equal(4, map.All[1].Value.Count);
        Assert.Equal(4, map.Find("ETHUSDT")?.Count);
        map.Remove("BTCUSDT");
        Assert.Equal(["ETHUSDT"], map.All.Select(pair => pair.Key));
        map.Touch("SOLUSDT");
        Assert.Equal(["ETHUSDT", "SOLUSDT"], map.All.Select(pair => pair.Key));
        state.SaveAll(Keep);
        state.Load(Saved());
        Assert.Equal(4, map.All[0].Value.Count);
        Assert.Equal(2, map.Count);
        state.Load([]);
        Assert.Empty(map.All);
        Assert.Null(map.Find("ETHUSDT"));
    }

    [Fact]
    public void A_key_that_went_and_came_back_is_saved_once_with_its_new_value()
    {
        var (state, _, map) = Create();
        map.Touch("ETHUSDT").Count = 1;
        map.Remove("ETHUSDT");
        Assert.Null(map.Find("ETHUSDT"));
        map.Touch("ETHUSDT").Count = 2;
        state.SaveTouched(Keep);
        Assert.Single(_writes);
        state.Load(Saved());
        Assert.Equal(2, map.Find("ETHUSDT")?.Count);
    }

    [Fact]
    public void What_nobody_saves_is_not_noted_and_still_remembered()
    {
        var (state, _, map) = Create();
        state.ForgetTouches();
        map.Touch("ETHUSDT").Count = 1;
        map.Set("BTCUSDT", new Tally { Count = 2 });
        map.Remove("ETHUSDT");
        state.SaveTouched(Keep);
        Assert.Empty(_writes);
        state.SaveAll(Keep);
        Assert.Equal(2, map.Find("BTCUSDT")?.Count);
        Assert.Contains("by_symbol/BTCUSDT", _writes);
    }

    [Fact]
    public void Only_what_was_touched_is_saved_and_only_once()
    {
        var (state, cell, map) = Create();
        map.Touch("ETHUSDT").Count = 1;
        map.Touch("BTCUSDT").Count = 2;
        state.SaveTouched(Keep);
        Assert.Equal(["by_symbol/BTCUSDT", "by_symbol/ETHUSDT"], _writes);
        map.Touch("ETHUSDT").Count = 3;
        cell.Touch().Last = Side.Sell;
        state.SaveTouched(Keep);
        Assert.Equal(["by_symbol/BTCUSDT", "by_symbol/ETHUSDT", "by_symbol/ETHUSDT", "total"], _writes);
        state.SaveTouched(Keep);
        Assert.Equal(4, _writes.Count);
        Assert.Equal("""{"count":0,"last":"SELL","symbol":"BTCUSDT"}""", _saved["total"]);
    }

    [Fact]
    public void A_new_process_starts_where_the_last_commit_left()
    {
        var (state, cell, map) = Create();
        cell.Touch().Count = 7;
        map.Touch("BTCUSDT").Last = Side.Buy;
        map.Set("ETHUSDT", new Tally { Count = 9 });
        state.SaveTouched(Keep);
        var (again, cellAgain, mapAgain) = Create();
        again.Load(Saved());
        Assert.Equal(7, cellAgain.Value.Count);
        Assert.Equal(Side.Buy, mapAgain.Find("BTCUSDT")!.Last);
        Assert.Equal(9, mapAgain.Find("ETHUSDT")!.Count);
        Assert.Equal(["BTCUSDT", "ETHUSDT"], mapAgain.All.Select(entry => entry.Key));
        _writes.Clear();
        again.SaveTouched(Keep);
        Assert.Empty(_writes);
    }

    [Fact]
    public void What_was_removed_is_gone_after_a_restart()
    {
        var (state, _, map) = Create();
        map.Touch("BTCUSDT");
        map.Touch("ETHUSDT");
        state.SaveTouched(Keep);
        map.Remove("BTCUSDT");
        map.Remove("NEVERTHERE");
        state.SaveTouched(Keep);
        Assert.Equal(["by_symbol/ETHUSDT"], _saved.Keys);
        var (again, _, mapAgain) = Create();
        again.Load(Saved());
        Assert.Equal(1, mapAgain.Count);
    }

    [Fact]
    public void Removed_and_made_again_is_saved_as_new()
    {
        var (state, _, map) = Create();
        map.Touch("BTCUSDT").Count = 5;
        state.SaveTouched(Keep);
        map.Remove("BTCUSDT");
        map.Touch("BTCUSDT");
        state.SaveTouched(Keep);
        Assert.Contains("\"count\":0", _saved["by_symbol/BTCUSDT"]);
    }

    [Fact]
    public void A_snapshot_has_everything_touched_or_not()
    {
        var (state, cell, map) = Create();
        map.Touch("BTCUSDT");
        state.SaveTouched((_, _) => { });
        cell.Value.Count = 3;
        state.SaveAll(Keep);
        Assert.Equal(["by_symbol/BTCUSDT", "total"], _saved.Keys.Order());
        Assert.Contains("\"count\":3", _saved["total"]);
        _writes.Clear();
        state.SaveTouched(Keep);
        Assert.Empty(_writes);
    }

    [Fact]
    public void A_rehearsal_changes_nothing_and_saves_nothing()
    {
        var (state, cell, map) = Create();
        cell.Touch().Count = 3;
        state.SaveTouched((_, _) => { });
        state.Rehearse();
        state.SaveTouched(Keep);
        Assert.Empty(_writes);
        Assert.Equal((3, 0), (cell.Value.Count, map.Count));
    }

    [Fact]
    public void Loading_drops_what_was_in_memory()
    {
        var (state, cell, map) = Create();
        cell.Touch().Count = 1;
        map.Touch("BTCUSDT");
        state.Load([]);
        Assert.Equal(0, cell.Value.Count);
        Assert.Equal(0, map.Count);
        state.SaveTouched(Keep);
        Assert.Empty(_writes);
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("gone/BTCUSDT")]
    [InlineData("total/BTCUSDT")]
    [InlineData("by_symbol")]
    public void A_field_no_cell_owns_is_an_error_that_names_it(string field)
    {
        var (state, _, _) = Create();
        var refused = Assert.Throws<InvalidDataException>(
            () => state.Load([KeyValuePair.Create(field, "{}"u8.ToArray())]));
        Assert.Contains($"'{field}'", refused.Message);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{\"count\":\"many\"}")]
    public void State_that_cannot_be_read_is_an_error_that_names_it(string json)
    {
        foreach (var field in (string[])["total", "by_symbol/BTCUSDT"])
        {
            var (state, _, _) = Create();
            var refused = Assert.Throws<InvalidDataException>(
                () => state.Load([KeyValuePair.Create(field, Encoding.UTF8.GetBytes(json))]));
            Assert.Contains($"'{field}'", refused.Message);
        }
    }

    [Fact]
    public void State_of_an_older_build_keeps_initial_values_of_what_it_lacks()
    {
        var (state, cell, _) = Create();
        state.Load([KeyValuePair.Create("total", "{\"count\":4}"u8.ToArray())]);
        Assert.Equal((4, "BTCUSDT"), (cell.Value.Count, cell.Value.Symbol.Name));
    }

    [Fact]
    public void A_copy_stays_as_it_was_whatever_becomes_of_the_value()
    {
        var state = new RoleState();
        var cell = state.Cell("shelf", () => new Shelf());
        var shelf = cell.Touch();
        shelf.Boxes.Add(new Box { Parts = { [1] = new Tally { Count = 2 } } });
        shelf.Queue.Enqueue(new Tally { Count = 3 });
        shelf.Rows = [new Row(4, [5])];
        shelf.Maybe = new Row(6, [7]);
        shelf.Held = new Held(new Row(8, [9]));
        var written = new List<string>();
        state.SaveAll((_, json) => written.Add(Encoding.UTF8.GetString(json!)));
        var copies = new List<StateCopy?>();
        cell.Touch();
        state.CopyTouched((_, copy) => copies.Add(copy));
        Assert.False(Assert.Single(copies)!.IsWritten);
        shelf.Boxes[0].Parts[1].Count = shelf.Queue.Peek().Count = shelf.Rows[0].Items[0] = 99;
        shelf.Maybe.Value.Items[0] = shelf.Held.Row.Items[0] = 99;
        shelf.Boxes[0].Parts[2] = new Tally();
        shelf.Boxes.Clear();
        Assert.Equal(written[0], Encoding.UTF8.GetString(copies[0]!.Json));
        state.CopyTouched((_, copy) => copies.Add(copy));
        Assert.Single(copies);
    }

    [Fact]
    public void What_went_and_came_again_is_saved_once_and_in_the_order_of_the_keys()
    {
        var (state, _, map) = Create();
        map.Touch("b");
        map.Touch("a");
        map.Remove("b");
        map.Touch("b").Count = 2;
        state.SaveTouched(Keep);
        Assert.Equal(["by_symbol/a", "by_symbol/b"], _writes);
        Assert.Contains("\"count\":2", _saved["by_symbol/b"]);
        map.Remove("b");
        map.Touch("b");
        map.Remove("b");
        state.SaveTouched(Keep);
        Assert.Equal(["by_symbol/a", "by_symbol/b", "by_symbol/b"], _writes);
        Assert.DoesNotContain("by_symbol/b", _saved.Keys);
    }

    [Fact]
    public void What_cannot_be_copied_is_written_down_at_once()
    {
        var state = new RoleState();
        var map = state.Map("sorted", _ => new SortedSet<string>());
        map.Touch("a").Add("first");
        map.Touch("b");
        var saved = new Dictionary<string, StateCopy?>();
        state.CopyTouched((field, copy) => saved[field] = copy);
        Assert.True(saved["sorted/a"]!.IsWritten);
        map.Touch("a").Add("second");
        Assert.Equal("[\"first\"]", Encoding.UTF8.GetString(saved["sorted/a"]!.Json));
        map.Remove("b");
        state.CopyTouched((field, copy) => saved[field] = copy);
        Assert.Null(saved["sorted/b"]);
    }

    [Fact]
    public void Cells_have_names_of_their_own()
    {
        var (state, _, _) = Create();
        var refused = Assert.Throws<ArgumentException>(() => state.Map("total", _ => new Tally()));
        Assert.Contains("'total' twice", refused.Message);
        Assert.Throws<ArgumentException>(() => state.Cell("a/b", () => new Tally()));
        Assert.Throws<ArgumentException>(() => state.Cell("", () => new Tally()));
    }

    [Fact]
    public void A_role_reads_a_stream_once() =>
        Assert.Contains("reads market.tick twice", Assert.Throws<InvalidOperationException>(() => new Twice()).Message);

    private sealed class Twice : Role
    {
        public Twice()
        {
            On(StreamCatalog.MarketTick, Ignore);
            On(StreamCatalog.MarketTick, Ignore);
        }

        public override string Name => "twice";

        private static void Ignore(in MarketTick payload, in Input input, Outbox outbox)
        {
        }
    }
}
