using Quantum.Contracts.Access;
using Quantum.Contracts.Catalog;

namespace Quantum.Contracts.Tests.Access;

public class RedisUsersTests
{
    [Fact]
    public void The_kept_file_of_users_is_what_the_catalog_makes() => GoldenFile.Compare(
        "docs/redis-users.acl", RedisUsers.File(RedisUsers.All(isTape: false), user => $">password-of-{user}"));

    [Fact]
    public void Every_service_of_the_catalog_has_one_and_the_operator_is_first()
    {
        string[] expected = [RedisUsers.Operator, .. ServiceHosts.All.Select(host => host.Name)];
        Assert.Equal(expected, RedisUsers.All(isTape: false).Select(user => user.Name));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_service_adds_to_the_streams_of_its_roles_alone(bool isTape)
    {
        foreach (var host in ServiceHosts.All)
        {
            var user = RedisUsers.All(isTape).Single(user => user.Name == host.Name);
            // The console sends dead letters again; on a tape the market's service brings what was published in turns.
            var mayAll = host.Roles.Count == 0 || (isTape && host.Name == "market");
            foreach (var stream in StreamCatalog.All)
            {
                var isOwn = host.Roles.Any(stream.Producers.Contains);
                Assert.True(
                    MayAdd(user, stream.Key) == (isOwn || mayAll),
                    $"{host.Name} and {stream.Key}: {string.Join(' ', user.Rules)}");
            }
        }
    }

    [Fact]
    public void No_service_may_do_what_changes_the_server_or_other_users()
    {
        string[] forbidden =
        [
            "flush", "shutdown", "debug", "config|set", "acl", "replicaof", "@", "keys", "migrate", "restore", "module",
            "failover", "swapdb", "save", "monitor", "allcommands",
        ];
        foreach (var user in RedisUsers.All(isTape: true).Where(user => user.Name != RedisUsers.Operator))
            foreach (var word in user.Rules.SelectMany(rule => rule.Trim('(', ')').Split(' ')))
                Assert.DoesNotContain(forbidden, bad => word.StartsWith("+" + bad, StringComparison.Ordinal));
    }

    [Fact]
    public void A_line_is_what_an_acl_file_has()
    {
        var line = new RedisUser("ai", ["+ping", "(+get ~a)"]).Line(">secret");
        Assert.Equal("user ai on >secret +ping (+get ~a)", line);
    }

    // A selector that holds both the command and the key; without one the rules outside brackets have no keys.
    private static bool MayAdd(RedisUser user, string key) => user.Rules
        .Where(rule => rule[0] == '(')
        .Select(rule => rule.Trim('(', ')').Split(' '))
        .Any(words => words.Contains("+xadd") && words.Any(word => word == "~" + key || Covers(word, key)));

    private static bool Covers(string word, string key) =>
        word.StartsWith('~') && word.EndsWith('*') && key.StartsWith(word[1..^1], StringComparison.Ordinal);
}
