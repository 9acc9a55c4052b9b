using Quantum.Contracts.Access;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog.Redis;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.EventLog.Tests.Redis;

/// <summary>The keys that the log makes are those that the users of Redis are allowed.</summary>
public sealed class UserRightsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_key_of_a_service_stands_in_its_rights(bool isTape)
    {
        var keys = new LogKeys();
        foreach (var host in ServiceHosts.All)
        {
            var words = RedisUsers.All(isTape).Single(user => user.Name == host.Name).Rules
                .SelectMany(rule => rule.Trim('(', ')').Split(' ')).ToHashSet(StringComparer.Ordinal);
            string[] wanted =
            [
                .. host.Roles.SelectMany(keys.SeatsOf).SelectMany(seat => (string[])
                [
                    keys.Lease(seat), keys.State(seat), keys.Cursor(seat), keys.Journal(seat), keys.Counts(seat),
                    keys.Reasons(seat), keys.Stage(seat), keys.Round(seat),
                ]),
                .. host.Roles.SelectMany(StreamCatalog.ReadBy).SelectMany(stream =>
                    (string[])[.. keys.KeysOf(stream), .. keys.DeadLettersOf(stream)]),
                .. host.Roles.SelectMany(StreamCatalog.WrittenBy).SelectMany(keys.KeysOf),
                .. host.Roles.Count == 0 ? [] : (string[])
                [
                    LogKeys.Members, LogKeys.Topology, LogKeys.TurnWaits, LogKeys.TurnBell,
                    LogKeys.TurnStaged,
                    LogKeys.Settings + host.Name, LogKeys.Builds + host.Name,
                ],
            ];
            foreach (var key in wanted)
                Assert.True(words.Contains("~" + key) || words.Contains("~*"), $"{host.Name}: {key}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_server_takes_the_file(bool isTape)
    {
        using var server = ServerOf(isTape);
        Assert.True(server.ProcessId > 0);
    }

    [Fact]
    public void Every_role_may_ask_its_journal_what_it_has_handled()
    {
        using var server = ServerOf(isTape: false);
        var keys = new LogKeys();
        foreach (var host in ServiceHosts.All)
        {
            using var connection = RespConnection.Connect(
                RespEndpoint.Parse(server.ConnectionString + ",user=" + host.Name));
            foreach (var seat in host.Roles.SelectMany(keys.SeatsOf))
                Assert.Empty(SavedRoleReader.ReadHandled(connection, keys.Journal(seat), "any"));
        }
    }

    [Fact]
    public void A_round_of_a_tape_needs_no_more_than_the_users_may()
    {
        using var server = ServerOf(isTape: true);
        using var market = LogOf(server, "market");
        using var executor = LogOf(server, "executor");
        var seat = new RoleSeat(RoleNames.Executor, 0);
        var link = executor.Keys.LinksOf(seat, StreamCatalog.TradeIntent)[0];
        using var session = executor.OpenSession(seat);
        Assert.True(session.Acquire("me", TimeSpan.FromSeconds(30)).IsGranted);
        session.EnsureGroup(link, EntryId.Zero);
        var fields = new FieldBuffer();
        fields.Add("text"u8, "one"u8);
        // The market's own stage; what it holds goes to the stream that is read.
        LogLink[] links = [link];
        market.Offer(
            market.BeginTurns() + 1, RoleNames.MarketPublisher, [new NewEntry(link.StreamKey, fields, 0)], links);
        var batch = new LogBatch();
        var round = (IRoundSession)session;
        Assert.True(round.WaitRound([new LinkRead(link, EntryId.Zero, 10)], TimeSpan.FromSeconds(1), batch));
        Assert.Equal(1, batch.Count);
        var commit = new CommitBatch();
        commit.For(link).Cursor = batch[0].Id;
        commit.AddOutput(StreamCatalog.ExecutionResult.Key).Add("text"u8, "two"u8);
        commit.AddOutput(StreamCatalog.TradeIntent.DeadLetterKey).Add("text"u8, "three"u8);
        Assert.Equal(
            CommitReply.Ok,
            round.CommitAndWaitRound(
                commit, [new LinkRead(link, batch[0].Id, 10)], TimeSpan.FromMilliseconds(20), batch, out _));
        Assert.Equal(2, market.Turn(links, ends: false, out _, TimeSpan.FromMilliseconds(20)));
        Assert.Equal(0, market.Turn(links, ends: true, out var blocker));
        Assert.Null(blocker);
    }

    // The file is read at the start and never again.
    private static RedisServer ServerOf(bool isTape)
    {
        var folder = Directory.CreateTempSubdirectory("quantum-rights-");
        try
        {
            var file = Path.Combine(folder.FullName, "users.acl");
            File.WriteAllText(file, RedisUsers.File(RedisUsers.All(isTape), _ => ">secret"));
            return RedisServer.Start(new RedisServerOptions { Password = "secret", Arguments = ["--aclfile", file] });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static RedisEventLog LogOf(RedisServer server, string user) =>
        new(RespEndpoint.Parse(server.ConnectionString + ",user=" + user), new LogKeys()) { IsTape = true };
}
