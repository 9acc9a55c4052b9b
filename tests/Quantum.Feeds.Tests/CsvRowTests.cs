using System.Text;
using Quantum.Feeds.Recorded;

namespace Quantum.Feeds.Tests;

/// <summary>Lines are taken in blocks: where a separator stands in its block must not matter.</summary>
public sealed class CsvRowTests
{
    [Fact]
    public void A_line_of_any_length_is_split_as_text_is()
    {
        var random = new Random(1);
        for (var length = 0; length < 150; length++)
        {
            var line = new string([.. Enumerable.Range(0, length).Select(_ => ",ab1"[random.Next(4)])]);
            Assert.Equal(line.Split(','), Values(line));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(33)]
    [InlineData(70)]
    public void A_quoted_separator_is_part_of_its_value_wherever_it_stands(int before)
    {
        var first = new string('x', before);
        Assert.Equal([first, "\"a,b\"", "c"], Values(first + ",\"a,b\",c"));
    }

    [Fact]
    public void No_more_values_are_given_than_there_is_room_for() =>
        Assert.Equal(4, CsvRow.Split("a,b,c,d,e,f"u8, (byte)',', new Range[4]));

    private static string[] Values(string line)
    {
        var parts = new Range[CsvRow.MostColumns];
        var count = CsvRow.Split(Encoding.UTF8.GetBytes(line), (byte)',', parts);
        return [.. parts[..count].Select(part => line[part])];
    }
}
