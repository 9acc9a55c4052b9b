using System.Diagnostics;
using System.Globalization;

namespace Quantum.Testing;

/// <summary>A cluster of real servers on 127.0.0.1: masters that share the slots, and replicas.</summary>
public sealed class RedisCluster : IDisposable
{
    private const int Slots = 16_384;
    private const int NodeTimeoutMs = 1500;

    private readonly List<(RedisServer Server, int BusPort)> _nodes = [];

    private RedisCluster()
    {
    }

    /// <summary>Masters first, then their replicas in the same order.</summary>
    public IReadOnlyList<RedisServer> Nodes => [.. _nodes.Select(node => node.Server)];

    /// <summary>Starts the servers and waits until each of them calls the cluster well.</summary>
    public static RedisCluster Start(int masters, int replicas = 0)
    {
        var cluster = new RedisCluster();
        try
        {
            for (var i = 0; i < masters + replicas; i++) cluster.AddServer();
            cluster.Form(masters);
            return cluster;
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    /// <summary>Sends one command to a node, by redis-cli, and gives what it prints.</summary>
    public static string Ask(RedisServer node, params string[] command)
    {
        ArgumentNullException.ThrowIfNull(node);
        var start = new ProcessStartInfo("redis-cli") { RedirectStandardOutput = true };
        foreach (var word in (string[])["-p", Text(node.Port), .. command]) start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return output;
    }

    public void Dispose()
    {
        foreach (var (server, _) in _nodes) server.Dispose();
    }

    private void AddServer()
    {
        var busPort = RedisServer.FreePort();
        _nodes.Add((RedisServer.Start(new RedisServerOptions
        {
            Arguments =
            [
                "--cluster-enabled", "yes", "--cluster-port", Text(busPort),
                "--cluster-node-timeout", Text(NodeTimeoutMs), "--repl-diskless-sync-delay", "0",
            ],
        }), busPort));
    }

    private void Form(int masters)
    {
        for (var i = 0; i < masters; i++)
        {
            Expect(i, "CLUSTER", "ADDSLOTSRANGE", Text(i * Slots / masters), Text((i + 1) * Slots / masters - 1));
            Expect(i, "CLUSTER", "SET-CONFIG-EPOCH", Text(i + 1));
        }

        for (var i = 1; i < _nodes.Count; i++)
            Expect(0, "CLUSTER", "MEET", "127.0.0.1", Text(_nodes[i].Server.Port), Text(_nodes[i].BusPort));
        All(node => Ask(node, "CLUSTER", "INFO").Contains($"cluster_known_nodes:{_nodes.Count}"));
        for (var i = masters; i < _nodes.Count; i++)
        {
            var master = Ask(_nodes[i % masters].Server, "CLUSTER", "MYID");
            // It is refused until the replica has heard of its master.
            Eventually.True(() => Ask(_nodes[i].Server, "CLUSTER", "REPLICATE", master) == "OK");
        }

        All(node => Ask(node, "CLUSTER", "INFO").Contains("cluster_state:ok"));
        foreach (var (server, _) in _nodes.Skip(masters))
            Eventually.True(() => Ask(server, "INFO", "replication").Contains("master_link_status:up"));
        var replicas = _nodes.Count - masters;
        All(node => Ask(node, "CLUSTER", "NODES").Split("slave ").Length == replicas + 1);
    }

    private void All(Func<RedisServer, bool> condition)
    {
        foreach (var (server, _) in _nodes) Eventually.True(() => condition(server));
    }

    private void Expect(int node, params string[] command)
    {
        var answer = Ask(_nodes[node].Server, command);
        if (answer != "OK") throw new InvalidOperationException($"{string.Join(' ', command)}: {answer}");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
