using Quantum.Contracts.Units;
using Quantum.Resp;

namespace Quantum.Bench.Latency;

/// <summary>
/// `echo CONNECTION FROM TO`: a hop without a role. What says that it goes on is appended to the next stream.
/// </summary>
internal static class EchoVerb
{
    private const int BlockMs = 1000;
    private const int MostAtOnce = 100;
    private const int KeptEntries = 20_000;

    public static int Run(string[] options)
    {
        if (options is not [var connectionString, var from, var to])
            return Program.Usage("echo takes a connection and two streams");
        var endpoint = RespEndpoint.Parse(connectionString);
        var (fromKey, toKey) = (System.Text.Encoding.UTF8.GetBytes(from), System.Text.Encoding.UTF8.GetBytes(to));
        using var connection = RespConnection.Connect(endpoint);
        var after = EntryId.Zero;
        var numbers = new long[MostAtOnce];
        // Ended with the benchmark, by its process id or with its standard input.
        _ = Task.Run(() =>
        {
            Console.In.Read();
            Environment.Exit(0);
        });
        while (true)
        {
            connection.BeginWrite().XRead(fromKey, after, MostAtOnce, BlockMs);
            connection.Flush();
            var reply = connection.ReadReply(BlockMs + endpoint.ReplyTimeoutMs);
            if (reply.ReadArray() > 0) GoOn(connection, toKey, Read(ref reply, numbers, ref after));
        }
    }

    private static ReadOnlySpan<long> Read(ref RespReader reply, long[] numbers, ref EntryId after)
    {
        var count = 0;
        reply.ReadArray();
        reply.ReadBytes();
        for (var left = reply.ReadArray(); left > 0; left--)
        {
            reply.ReadArray();
            after = reply.ReadId();
            reply.ReadArray();
            reply.ReadBytes();
            var number = reply.ReadInteger();
            reply.ReadBytes();
            if (reply.ReadInteger() == 1) numbers[count++] = number;
        }

        return numbers.AsSpan(0, count);
    }

    private static void GoOn(RespConnection connection, byte[] key, ReadOnlySpan<long> numbers)
    {
        if (numbers.IsEmpty) return;
        var writer = connection.BeginWrite();
        foreach (var number in numbers)
        {
            writer.BeginXAdd(key, 2, KeptEntries);
            writer.WriteBulk("number"u8);
            writer.WriteBulk(number);
            writer.WriteBulk("goes_on"u8);
            writer.WriteBulk(1);
        }

        connection.Flush();
        foreach (var _ in numbers) connection.ReadEntryId();
    }
}
