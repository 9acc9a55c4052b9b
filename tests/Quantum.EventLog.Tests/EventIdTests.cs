using System.Text;
using Quantum.EventLog.Runner;

namespace Quantum.EventLog.Tests;

public class EventIdTests
{
    private static string Output(string inputId, string role, int number)
    {
        var target = new byte[EventIds.Longest + role.Length];
        return Encoding.UTF8.GetString(
            target, 0, EventIds.Write(Encoding.UTF8.GetBytes(inputId), Encoding.UTF8.GetBytes(role), number, target));
    }

    [Fact]
    public void An_output_is_named_by_its_input_role_and_number()
    {
        Assert.Equal("kline-1.ai_engine.0", Output("kline-1", "ai_engine", 0));
        Assert.Equal("kline-1.ai_engine.12", Output("kline-1", "ai_engine", 12));
    }

    [Fact]
    public void Ids_stay_bounded_and_different_however_long_the_chain()
    {
        var seen = new HashSet<string>();
        foreach (var start in (string[])["a", "b"])
        {
            var id = start;
            for (var step = 0; step < 50; step++)
            {
                id = Output(id, "trading_bot", step % 3);
                Assert.InRange(id.Length, 1, EventIds.Longest);
                Assert.EndsWith($".trading_bot.{step % 3}", id);
                Assert.True(seen.Add(id), id);
            }
        }
    }

    [Fact]
    public void The_limit_is_exact_and_the_hash_a_fixed_text()
    {
        var fits = new string('x', 92);
        Assert.Equal(fits + ".r.0", Output(fits, "r", 0));
        var tooLong = Output(fits + "x", "r", 0);
        Assert.Equal(26 + 4, tooLong.Length);
        Assert.Equal(tooLong, Output(fits + "x", "r", 0));
        Assert.NotEqual(tooLong, Output(fits + "y", "r", 0));
        Assert.Equal(fits + ".r.9", Output(fits, "r", 9));
        Assert.Equal(26 + 5, Output(fits, "r", 10).Length);
    }
}
