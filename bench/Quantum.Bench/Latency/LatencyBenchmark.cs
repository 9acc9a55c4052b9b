using System.Diagnostics;
using Quantum.Contracts.Catalog;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.Bench.Latency;

/// <summary>
/// Open loop: ticks are sent at their scheduled times whatever the system does, and each latency counts from there. A
/// bare chain of two echoing processes over the same Redis, at the same time, says what two hops cost without roles.
/// </summary>
internal sealed class LatencyBenchmark : IStreamBenchmark
{
    public const string About =
        "From the scheduled time of a tick that moves a trailing stop to the order that a reader of order.command has: "
        + "market.tick > ExitBrain > trade.intent > executor > order.command. 1,000 ticks/s to all services but market "
        + "and console, each a process; every twentieth tick of a symbol is a new high. Beside it, in the same run, a "
        + "bare chain: tick > process > stream > process > stream.";

    private const int TicksPerSecond = 1_000;

    public string Name => "latency";

    public IEnumerable<Figure> Run(bool quick)
    {
        var warmUp = TimeSpan.FromSeconds(quick ? 5 : 20);
        var measured = TimeSpan.FromSeconds(quick ? 10 : 60);
        using var server = RedisServer.Start(new RedisServerOptions
        {
            AppendOnly = true, Password = "latency", Arguments = ["--maxmemory-policy", "noeviction"],
        });
        var endpoint = RespEndpoint.Parse(server.ConnectionString);
        using var system = new BenchedSystem(server.ConnectionString);
        using var bare = new EchoChain(server.ConnectionString);
        using var sender = new TickSender(endpoint, TicksPerSecond);
        using var follower = new StreamFollower(
            endpoint, StreamCatalog.TradeIntent.Key, StreamCatalog.OrderCommand.Key, EchoChain.Last);
        new Positions(endpoint, sender.Markets).Open(system);
        sender.Rise();
        system.Pause(warmUp);
        var from = Stopwatch.GetTimestamp();
        system.Pause(measured);
        var until = Stopwatch.GetTimestamp();
        // What was sent last has this long to become an order.
        system.Pause(TimeSpan.FromSeconds(2));
        sender.Stop();
        follower.Stop();
        return new StepTimes(sender.Sent, follower.Seen).Between(from, until);
    }
}
