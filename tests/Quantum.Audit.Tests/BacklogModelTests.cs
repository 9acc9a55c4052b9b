using Quantum.Audit;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.Audit.Tests;

/// <summary>The audit's figures against a model that is driven with the same random commands as a real
/// server.</summary>
public sealed class BacklogModelTests : IDisposable
{
    private static readonly string[] s_names = ["a", "b", "c"];

    private readonly RedisServer _server = RedisServer.Start();
    private readonly RespConnection _connection;
    private readonly AuditNodes _nodes;

    public BacklogModelTests()
    {
        var endpoint = RespEndpoint.Parse(_server.ConnectionString);
        _connection = RespConnection.Connect(endpoint);
        _nodes = new AuditNodes(endpoint);
        _nodes.Open(CancellationToken.None);
    }

    public void Dispose()
    {
        _nodes.Dispose();
        _connection.Dispose();
        _server.Dispose();
    }

    [Theory]
    [InlineData(1500, true)]
    [InlineData(1500, false)]
    [InlineData(0, true)]
    [InlineData(0, false)]
    public void Figures_equal_the_model_under_random_commands(int budget, bool deletes)
    {
        var equalities = 0;
        for (var seed = 1; seed <= 60; seed++)
        {
            var random = new Random(seed);
            var world = new ModelWorld(_nodes, _connection, $"s{budget}{deletes}{seed}");
            for (var step = 0; step < 60; step++)
            {
                Step(world, random, deletes);
                equalities += world.Check($"seed {seed} step {step}", budget);
            }
        }

        // The bounds alone would let a constant pass: most losses without deletions are told exactly.
        Assert.True(equalities > 100, $"only {equalities} destroyed figures were exact and not 0");
    }

    private static void Step(ModelWorld world, Random random, bool deletes)
    {
        var alive = world.Model.Alive;
        var name = s_names[random.Next(s_names.Length)];
        var exists = world.Model.Groups.TryGetValue(name, out var group);
        switch (random.Next(deletes ? 14 : 12))
        {
            case <= 3: world.Add(random.Next(1, 12), random.Next(1, 4)); break;
            case 4 when alive.Length > 0: world.TrimTo(random.Next(alive.Length + 1)); break;
            case 5 when alive.Length > 0: world.TrimBelow(alive[random.Next(alive.Length)]); break;
            case 6 when !exists: world.Group(name, Position(world, random)); break;
            case 7 or 8 or 9 when exists: world.Read(name, random.Next(1, 8)); break;
            case 10 when group?.Pending.Count > 0: world.Ack(name,
                group.Pending.ElementAt(random.Next(group.Pending.Count))); break;
            case 11 when exists && random.Next(4) == 0: world.SetId(name, Position(world, random)); break;
            case 11 when random.Next(12) == 0: world.Recreate(); break;
            case 12 or 13 when alive.Length > 0: world.Delete(alive[random.Next(alive.Length)]); break;
        }
    }

    private static long Position(ModelWorld world, Random random) => random.Next(3) switch
    {
        0 => 0,
        1 => world.Model.LastId,
        _ => world.Model.LastId == 0 ? 0 : random.NextInt64(world.Model.LastId + 1),
    };

    [Fact]
    public void The_named_cases_are_told_right()
    {
        foreach (var c in LagCases.All)
        {
            var world = new ModelWorld(_nodes, _connection, "case " + c.Name);
            c.Act(world);
            var facts = world.Look()!;
            var backlog = Backlog.Of(facts, facts.Groups.Single());
            world.Check(c.Name);
            Assert.True(
                (c.Unread, c.Destroyed, c.Bound) == (backlog.Unread, backlog.Destroyed, backlog.DestroyedBound),
                $"{c.Name}: wanted {c.Unread} and {c.Destroyed} {c.Bound}, got {backlog}");
        }
    }

    [Fact]
    public void Redis_own_lag_is_wrong_or_unknown_in_most_named_cases()
    {
        // Why the audit does not use it: seen here, on the server the tests run with.
        var wrong = LagCases.All.Count(c =>
        {
            var world = new ModelWorld(_nodes, _connection, "lag " + c.Name);
            c.Act(world);
            return world.Look()!.Groups.Single().Lag != c.Unread;
        });
        Assert.True(wrong >= 3, $"only {wrong} of {LagCases.All.Count} are wrong");
    }

    [Fact]
    public void Counting_reads_no_more_than_its_budget()
    {
        var world = new ModelWorld(_nodes, _connection, "long");
        world.Add(5000);
        world.TrimTo(4000);
        world.Group("g", 1500);
        var reader = new AuditReader(new Asking(_nodes), 1500);
        var facts = reader.Deepen(reader.Sample(["long"])).Find("long")!;
        var backlog = Backlog.Of(facts, facts.Groups.Single());
        Assert.Equal(Bound.AtLeast, backlog.UnreadBound);
        Assert.InRange(backlog.Unread, 1000, 3501);
        Assert.InRange(reader.EntriesRead, 1000, 1500);
    }
}
