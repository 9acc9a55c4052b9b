using System.Diagnostics;
using StackExchange.Redis;

namespace Quantum.Bench.StackExchange;

/// <summary>XADD with 256 in flight: 256 loops that await their append, as the client's documents advise.</summary>
internal static class Publishing
{
    private const int InFlight = 256;

    public static async Task<double> RunAsync(IDatabase database, int count)
    {
        RedisKey stream = IntentSample.Stream;
        var fields = IntentSample.Fields.Select(f => (RedisValue)f).ToArray();
        var clock = Stopwatch.StartNew();
        var each = count / InFlight;
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => ProduceAsync(database, stream, fields, each)));
        return each * InFlight / clock.Elapsed.TotalSeconds;
    }

    private static async Task ProduceAsync(IDatabase database, RedisKey stream, RedisValue[] fields, int count)
    {
        for (var i = 0; i < count; i++)
        {
            // The arguments are built per entry, as for real values.
            var arguments = new object[2 + fields.Length];
            arguments[0] = stream;
            arguments[1] = "*";
            for (var j = 0; j < fields.Length; j++) arguments[2 + j] = fields[j];
            await database.ExecuteAsync("XADD", arguments);
        }
    }
}
