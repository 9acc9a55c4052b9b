using Quantum.Contracts.Flow;

namespace Quantum.Contracts.Tests.Flow;

public sealed class RecentKeysTests
{
    /// <summary>Hundreds of texts over a few places: it may forget, and never tells another's value.</summary>
    [Fact]
    public void It_tells_a_texts_own_value_or_none()
    {
        var keys = Enumerable.Range(0, 700).Select(i => $"{(char)('A' + i % 26)}{i}USDT").ToArray();
        var recent = new RecentKeys<int>();
        var told = 0;
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < keys.Length; i++)
            {
                recent.Put(keys[i], i);
                Assert.True(recent.TryGet(keys[i], out var own) && own == i);
                var other = (i * 31 + round) % keys.Length;
                if (!recent.TryGet(keys[other], out var known)) continue;
                Assert.Equal(other, known);
                told++;
            }
        }

        Assert.True(told > 0);
        Assert.False(recent.TryGet(new string(keys[^1]), out _));
        recent.Clear();
        Assert.False(recent.TryGet(keys[^1], out _));
    }

    /// <summary>Values that come, change and go, asked for by the same text and by an equal one.</summary>
    [Fact]
    public void A_map_never_tells_what_is_gone()
    {
        var map = new RoleState().Map<string[]>("values", key => [key]);
        var keys = Enumerable.Range(0, 40).Select(i => $"S{i % 7}{i}").ToArray();
        var random = new Random(5);
        var expected = new Dictionary<string, string[]>();
        for (var i = 0; i < 20_000; i++)
        {
            var key = keys[random.Next(keys.Length)];
            switch (random.Next(4))
            {
                case 0:
                    map.Set(key, expected[key] = [$"{i}"]);
                    break;
                case 1:
                    map.Remove(key);
                    expected.Remove(key);
                    break;
                case 2:
                    if (!expected.TryGetValue(key, out var value)) expected[key] = value = map.Touch(key);
                    Assert.Same(value, map.Touch(key));
                    break;
            }

            Assert.Same(expected.GetValueOrDefault(key), map.Find(key));
            Assert.Same(expected.GetValueOrDefault(key), map.Find(new string(key)));
            Assert.Equal(expected.Count, map.Count);
        }

        Assert.Equal(
            expected.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value[0]),
            map.All.Select(pair => pair.Value[0]));
    }
}
