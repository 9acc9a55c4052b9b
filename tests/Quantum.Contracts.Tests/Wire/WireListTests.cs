using System.Text.Json;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Tests.Wire;

public class WireListTests
{
    [Fact]
    public void Lists_are_equal_by_their_elements_in_order()
    {
        var list = new WireList<int>(1, 2);
        Assert.True(list == new WireList<int>(1, 2));
        Assert.Equal(list.GetHashCode(), new WireList<int>(1, 2).GetHashCode());
        Assert.True(list != new WireList<int>(2, 1));
        Assert.False(list.Equals(new WireList<int>(1)));
        Assert.False(list.Equals((object)"no list"));
    }

    [Fact]
    public void The_default_is_the_empty_list()
    {
        WireList<int> none = default;
        Assert.Equal(new WireList<int>(), none);
        Assert.Equal(new WireList<int>().GetHashCode(), none.GetHashCode());
        Assert.Empty(none);
        Assert.Equal("[]", JsonSerializer.Serialize(none, WireJson.Options));
        Assert.Throws<IndexOutOfRangeException>(() => none[0]);
    }

    [Fact]
    public void Changing_the_source_afterwards_changes_nothing()
    {
        List<int> source = [1, 2];
        var list = new WireList<int>(source);
        source[0] = 9;
        source.Add(3);
        Assert.Equal([1, 2], list);
    }

    [Fact]
    public void It_crosses_as_a_json_array()
    {
        var symbols = new WireList<Symbol>(Symbol.Parse("BTCUSDT"), Symbol.Parse("ETHUSDT"));
        var json = JsonSerializer.Serialize(symbols, WireJson.Options);
        Assert.Equal("[\"BTCUSDT\",\"ETHUSDT\"]", json);
        Assert.Equal(symbols, JsonSerializer.Deserialize<WireList<Symbol>>(json, WireJson.Options));
    }
}
