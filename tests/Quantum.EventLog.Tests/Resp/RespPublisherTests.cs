using System.Collections.Concurrent;
using Quantum.Contracts.Units;
using Quantum.EventLog.Resp;
using Quantum.Testing;
using Xunit;

namespace Quantum.EventLog.Tests.Resp;

public sealed class RespPublisherTests
{
    private static readonly RespClientOptions s_quick = new() { BackoffFirstMs = 1, BackoffCapMs = 50 };

    [Fact]
    public async Task Many_producers_get_their_ids_and_keep_their_own_order()
    {
        using var server = RedisServer.Start();
        using var publisher = new RespPublisher(RespEndpoint.Parse(server.ConnectionString));
        var ids = await Task.WhenAll(Enumerable.Range(0, 32).Select(async producer =>
        {
            var own = new List<EntryId>();
            for (var i = 0; i < 200; i++) own.Add(await publisher.AppendAsync(Write, producer * 1_000 + i));
            return own;
        }));
        foreach (var own in ids) Assert.True(own.SequenceEqual(own.Order()));
        Assert.Equal(32 * 200, ids.SelectMany(own => own).Distinct().Count());
        using var connection = RespConnection.Connect(RespEndpoint.Parse(server.ConnectionString));
        Assert.Equal(32 * 200, connection.XLen("s"u8));
        Assert.Equal(1, publisher.Connects);
    }

    [Fact]
    public async Task A_full_queue_makes_producers_wait_and_loses_nothing()
    {
        using var server = RedisServer.Start();
        var options = new RespPublisherOptions { MaxQueuedEntries = 4, MaxInFlight = 2 };
        using var publisher = new RespPublisher(RespEndpoint.Parse(server.ConnectionString), options);
        await publisher.AppendAsync(Write, 0);
        server.Freeze();
        var appends = Enumerable.Range(1, 200).Select(i => publisher.AppendAsync(Write, i).AsTask()).ToArray();
        Assert.InRange(publisher.QueuedEntries, 1, 4);
        using var cancel = new CancellationTokenSource();
        var waits = publisher.AppendAsync(Write, 999, cancel.Token).AsTask();
        Assert.False(waits.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits);
        server.Resume();
        await Task.WhenAll(appends).WaitAsync(Eventually.Deadline);
        using var connection = RespConnection.Connect(RespEndpoint.Parse(server.ConnectionString));
        Assert.Equal(201, connection.XLen("s"u8));
    }

    [Fact]
    public async Task Bytes_bound_the_queue_too()
    {
        using var server = RedisServer.Start();
        var options = new RespPublisherOptions { MaxQueuedBytes = 1_000, MaxInFlight = 1 };
        using var publisher = new RespPublisher(RespEndpoint.Parse(server.ConnectionString), options);
        await publisher.AppendAsync(Write, 0);
        server.Freeze();
        var appends = Enumerable.Range(1, 100).Select(i => publisher.AppendAsync(Write, i).AsTask()).ToArray();
        Assert.InRange(publisher.QueuedEntries, 1, 30);
        server.Resume();
        await Task.WhenAll(appends).WaitAsync(Eventually.Deadline);
    }

    [Fact]
    public async Task A_refused_append_fails_alone()
    {
        using var server = RedisServer.Start();
        using var publisher = new RespPublisher(RespEndpoint.Parse(server.ConnectionString));
        using var connection = RespConnection.Connect(RespEndpoint.Parse(server.ConnectionString));
        connection.Call("SET", "text", "v").ThrowIfError();
        var good = publisher.AppendAsync(Write, 1).AsTask();
        var bad = publisher.AppendAsync(static (RespWriter w, in int v) => Xadd(w, "text"u8, v), 2).AsTask();
        var later = publisher.AppendAsync(Write, 3).AsTask();
        await good;
        Assert.Equal(RespErrorCode.WrongType, (await Assert.ThrowsAsync<RespServerException>(() => bad)).Code);
        await later;
    }

    [Fact]
    public async Task What_writes_no_single_command_is_refused_and_harms_nobody()
    {
        using var server = RedisServer.Start();
        using var publisher = new RespPublisher(RespEndpoint.Parse(server.ConnectionString));
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await publisher.AppendAsync(static (RespWriter w, in int v) => { }, 1));
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await publisher.AppendAsync(static (RespWriter w, in int v) => w.BeginXAdd("s"u8, 1), 1));
        await Assert.ThrowsAsync<RespProtocolException>(
            async () => await publisher.AppendAsync(static (RespWriter w, in int v) => w.Command("PING"), 1));
        await publisher.AppendAsync(Write, 1);
    }

    [Fact]
    public async Task Kill_and_restart_under_load_loses_no_acknowledged_entry_of_the_file()
    {
        using var server = RedisServer.Start(new RedisServerOptions
        {
            AppendOnly = true, Arguments = ["--appendfsync", "always"],
        });
        var endpoint = RespEndpoint.Parse(server.ConnectionString);
        using var publisher = new RespPublisher(endpoint, new RespPublisherOptions { Client = s_quick });
        var acknowledged = new ConcurrentBag<EntryId>();
        var unknown = 0;
        using var stop = new CancellationTokenSource();
        var producers = Enumerable.Range(0, 8).Select(producer => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                try
                {
                    acknowledged.Add(await publisher.AppendAsync(Write, i));
                }
                catch (RespException)
                {
                    Interlocked.Increment(ref unknown);
                }
            }
        })).ToArray();
        for (var kill = 0; kill < 3; kill++)
        {
            var before = acknowledged.Count;
            Eventually.True(() => acknowledged.Count > before + 200);
            server.Restart();
        }

        var last = acknowledged.Count;
        Eventually.True(() => acknowledged.Count > last + 200);
        await stop.CancelAsync();
        await Task.WhenAll(producers).WaitAsync(Eventually.Deadline);
        Assert.Equal(4, publisher.Connects);
        var stored = new HashSet<EntryId>();
        using var connection = RespConnection.Connect(endpoint);
        for (var from = EntryId.Zero; ;)
        {
            connection.BeginWrite().XRange("s"u8, from, new EntryId(long.MaxValue, long.MaxValue), 1_000);
            connection.Flush();
            var entries = StreamEntryReader.OverEntries(connection.ReadReply());
            var any = false;
            while (entries.NextEntry())
            {
                any = stored.Add(entries.Id);
                from = entries.Id.Next();
            }

            if (!any) break;
        }

        Assert.Empty(acknowledged.Except(stored));
        // What is stored without acknowledgement was in flight when the server died.
        Assert.InRange(stored.Count - acknowledged.Count, 0, unknown);
    }

    [Fact]
    public async Task Refusals_of_a_read_only_replica_are_sent_again_in_order()
    {
        var seen = new ConcurrentQueue<string>();
        FakeRedis? server = null;
        using var fake = new FakeRedis(command =>
        {
            if (command[0] != "XADD") return "";
            if (server!.Connections < 3)
                return "-READONLY You can't write against a read only replica.\r\n";
            seen.Enqueue(command[^1]);
            return $"$3\r\n{seen.Count % 10}-0\r\n";
        });
        server = fake;
        using var publisher = new RespPublisher(
            RespEndpoint.Parse(fake.ConnectionString), new RespPublisherOptions { Client = s_quick });
        var appends = Enumerable.Range(0, 20).Select(i => publisher.AppendAsync(Write, i).AsTask()).ToArray();
        await Task.WhenAll(appends).WaitAsync(Eventually.Deadline);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i.ToString()), seen);
    }

    [Fact]
    public async Task Without_a_server_appends_fail_after_their_time_and_a_wrong_password_at_once()
    {
        var options = new RespPublisherOptions { Client = s_quick, QueueTimeoutMs = 200 };
        using (var publisher = new RespPublisher(RespEndpoint.Parse($"127.0.0.1:{RedisServer.FreePort()}"), options))
        {
            var error = await Assert.ThrowsAsync<RespTimeoutException>(async () =>
                await publisher.AppendAsync(Write, 1));
            Assert.Contains("not sent", error.Message, StringComparison.Ordinal);
        }

        using var server = RedisServer.Start(new RedisServerOptions { Password = "right" });
        using var wrong = new RespPublisher(RespEndpoint.Parse($"127.0.0.1:{server.Port},password=wrong"), options);
        var refused = await Assert.ThrowsAsync<RespServerException>(async () => await wrong.AppendAsync(Write, 1));
        Assert.Equal(RespErrorCode.WrongPass, refused.Code);
    }

    [Fact]
    public async Task Disposing_drains_or_fails_what_is_queued_and_never_hangs()
    {
        using var server = RedisServer.Start();
        var endpoint = RespEndpoint.Parse(server.ConnectionString);
        var publisher = new RespPublisher(endpoint);
        var appends = Enumerable.Range(0, 500).Select(i => publisher.AppendAsync(Write, i).AsTask()).ToArray();
        publisher.Dispose();
        await Task.WhenAll(appends).WaitAsync(Eventually.Deadline);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await publisher.AppendAsync(Write, 1));

        var stuck = new RespPublisher(endpoint, new RespPublisherOptions { DrainTimeoutMs = 100, MaxInFlight = 2 });
        await stuck.AppendAsync(Write, 1);
        server.Freeze();
        var left = Enumerable.Range(0, 10).Select(i => stuck.AppendAsync(Write, i).AsTask()).ToArray();
        stuck.Dispose();
        foreach (var append in left)
            Assert.NotNull(await Record.ExceptionAsync(() => append.WaitAsync(Eventually.Deadline)));
        Assert.All(left, append => Assert.True(append.IsFaulted || append.IsCanceled));
        server.Resume();
    }

    private static void Write(RespWriter writer, in int value) => Xadd(writer, "s"u8, value);

    private static void Xadd(RespWriter writer, ReadOnlySpan<byte> key, int value)
    {
        writer.BeginXAdd(key, 1);
        writer.WriteBulk("n"u8);
        writer.WriteBulk(value);
    }
}
