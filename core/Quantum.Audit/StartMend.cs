namespace Quantum.Audit;

/// <summary>How a role that does not run is brought to run on the very Redis that was looked at.</summary>
internal static class StartMend
{
    /// <summary>For roles of one or several services; only the running system's parts are named there.</summary>
    public static string Of(RedisFacts redis, IEnumerable<string> roles)
    {
        var all = roles.Distinct().ToArray();
        var hosts = string.Join(", ", all.Select(role => $"'{ServiceHosts.Of(role).Name}'").Distinct());
        var what = all.Length == 1 ? $"{hosts}, which runs {all[0]}" : $"{hosts}, which run {string.Join(", ", all)}";
        if (redis is { IsQuantum: true, Members.Count: > 0 }) return $"start the service {what}";
        // `up` takes a Redis of its own unless it is told which.
        var given = RedisCli.Word(redis.Given);
        return $"Redis__Source=external ConnectionStrings__redis={given} ./quantum up starts {what}";
    }
}
