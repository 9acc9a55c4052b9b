using System.Globalization;
using StackExchange.Redis;

namespace Quantum.Bench.StackExchange;

/// <summary>
/// Reads `publish n`, `read n` and `read-ahead n` from its input and answers each with entries per second and its own
/// processor time per entry in microseconds.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        if (arguments.Length != 1)
        {
            await Console.Error.WriteLineAsync("bench: Quantum.Bench starts this program with a connection string.");
            return 2;
        }

        using var redis = await ConnectionMultiplexer.ConnectAsync(arguments[0]);
        var database = redis.GetDatabase();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            var count = int.Parse(words[1], CultureInfo.InvariantCulture);
            var cpuBefore = Environment.CpuUsage.TotalTime;
            var perSecond = words[0] switch
            {
                "publish" => await Publishing.RunAsync(database, count),
                "read" => await Reading.PlainAsync(database, count),
                _ => await Reading.AheadAsync(database, count),
            };
            var cpuUs = (Environment.CpuUsage.TotalTime - cpuBefore).TotalMicroseconds / count;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{perSecond:0.0} {cpuUs:0.000}"));
        }

        return 0;
    }
}
