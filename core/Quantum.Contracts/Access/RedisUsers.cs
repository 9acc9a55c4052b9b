namespace Quantum.Contracts.Access;

/// <summary>
/// A user of Redis for each service, made from the catalog: it may do what its roles do, on the keys that are theirs. A
/// script is checked command by command with the rights of who runs it, so that <c>EVAL</c> opens nothing.
/// </summary>
public static class RedisUsers
{
    /// <summary>Who the command line is, and whoever names no user.</summary>
    public const string Operator = "default";

    // Every key, but nothing that empties the server or changes how it runs; its log of refusals is the operator's.
    private static readonly string[] s_operator =
    [
        "~*", "&*", "+@all", "-@admin", "-@dangerous", "+info", "+role", "+config|get", "+slowlog|get", "+client",
        "-client|kill", "-client|pause", "-client|no-evict", "+cluster|nodes", "+cluster|slots", "+cluster|shards",
        "+acl|log", "+acl|whoami",
    ];

    // What both clients ask of themselves and of the server as they connect. CLIENT as a whole: a server refuses to
    // start with a part that it does not have, and which it has differs from version to version.
    private static readonly string[] s_connection =
    [
        "resetchannels", "&__Booksleeve_MasterChanged", "%R~__Booksleeve_TieBreak", "+get", "+auth", "+hello", "+ping",
        "+echo", "+select", "+quit", "+time", "+info", "+role", "+config|get", "+client", "-client|kill",
        "-client|pause", "-client|unpause", "-client|no-evict", "+cluster|nodes", "+cluster|slots", "+cluster|shards",
        "+subscribe", "+unsubscribe", "+multi", "+exec", "+discard", "+script|load", "+script|exists",
    ];

    /// <summary>The operator and every service of the catalog.</summary>
    /// <param name="isTape">
    /// Whether a recording is played in turns: then the market's service brings every role's entries onto its streams.
    /// </param>
    public static IReadOnlyList<RedisUser> All(bool isTape) =>
        [new(Operator, s_operator), .. ServiceHosts.All.Select(host => Of(host, isTape))];

    /// <summary>An ACL file.</summary>
    /// <param name="users">Who may connect.</param>
    /// <param name="secretOf">The secret of each, as <see cref="RedisUser.Line"/> takes it.</param>
    public static string File(IEnumerable<RedisUser> users, Func<string, string> secretOf)
    {
        ArgumentNullException.ThrowIfNull(users);
        ArgumentNullException.ThrowIfNull(secretOf);
        var text = new StringBuilder();
        foreach (var user in users) text.Append(user.Line(secretOf(user.Name))).Append('\n');
        return text.ToString();
    }

    private static RedisUser Of(ServiceHost host, bool isTape)
    {
        RedisRight[] rights =
            [.. host.Roles.SelectMany(RedisRights.OfRole), .. RedisRights.OfService(host, isTape)];
        // A script names all keys that its commands may touch, and EVAL counts them as written.
        var scripted = RedisRight.On("eval evalsha", [.. rights.SelectMany(right => right.Keys)]);
        return new(host.Name,
        [
            .. s_connection, .. RedisRights.WithoutKeys(host).Select(command => "+" + command), scripted.ToString(),
            .. RedisRight.Joined(rights).Select(right => right.ToString()),
        ]);
    }
}
