using System.Globalization;
using StackExchange.Redis;

namespace Quantum.Bench.StackExchange;

/// <summary>Reads `publish n` and `read n` from its input and answers each with entries per second.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        if (arguments.Length != 1)
        {
            await Console.Error.WriteLineAsync("bench: give the connection string; Quantum.Bench starts this program itself.");
            return 2;
        }

        using var redis = await ConnectionMultiplexer.ConnectAsync(arguments[0]);
        var database = redis.GetDatabase();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            var count = int.Parse(words[1], CultureInfo.InvariantCulture);
            var perSecond = words[0] == "publish"
                ? await Publishing.RunAsync(database, count)
                : await Reading.RunAsync(database, count);
            Console.WriteLine(perSecond.ToString("0.0", CultureInfo.InvariantCulture));
        }

        return 0;
    }
}
