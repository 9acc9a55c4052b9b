using Quantum.Contracts.Access;
using Quantum.Contracts.Catalog;
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
                    keys.Reasons(seat), keys.Stage(seat),
                ]),
                .. host.Roles.SelectMany(StreamCatalog.ReadBy).SelectMany(stream =>
                    (string[])[.. keys.KeysOf(stream), .. keys.DeadLettersOf(stream)]),
                .. host.Roles.SelectMany(StreamCatalog.WrittenBy).SelectMany(keys.KeysOf),
                .. host.Roles.Count == 0 ? [] : (string[])
                [
                    LogKeys.Members, LogKeys.Topology, LogKeys.Settings + host.Name, LogKeys.Builds + host.Name,
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
        var folder = Directory.CreateTempSubdirectory("quantum-rights-");
        try
        {
            var file = Path.Combine(folder.FullName, "users.acl");
            File.WriteAllText(file, RedisUsers.File(RedisUsers.All(isTape), _ => ">secret"));
            using var server = RedisServer.Start(new RedisServerOptions
            {
                Password = "secret", Arguments = ["--aclfile", file],
            });
            Assert.True(server.ProcessId > 0);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
