using System.Globalization;
using Quantum.Testing;

namespace Quantum.Bench.Budget;

/// <summary>
/// `rate [--seconds n]`: four processes want three times what a venue grants, over one Redis; whether the venue ever
/// had to refuse, and how long exits waited.
/// </summary>
internal static class RateVerb
{
    private const int UsualSeconds = 60;
    private const int Processes = 4;
    private const double LongestExitWaitMs = 1_000;

    public static int Run(string[] options)
    {
        var (json, seconds) = (false, UsualSeconds);
        var fault = GivenOptions.Fault(
            "rate", options, name => json |= name == "--json",
            (name, value) => name == "--seconds" && (seconds = GivenOptions.Whole(value)) >= 10);
        if (fault is not null) return Program.Usage(fault);
        using var redis = RedisServer.Start();
        using var venue = new CountingVenue();
        var workers = Enumerable.Range(0, Processes).Select(number => RateWorkerProcess.Start(
            redis.ConnectionString, venue.Address, Processes, number, seconds)).ToList();
        var found = new List<WorkerFigures>();
        foreach (var worker in workers)
        {
            using (worker) found.Add(worker.Result());
        }

        Figure.Print(Figures(found, venue), json);
        var longest = found.Max(worker => worker.ExitLongestMs);
        if (venue.Refused == 0 && longest <= LongestExitWaitMs) return 0;
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"bench: {venue.Refused} replies 429, none wanted; an exit waited {longest:0} ms, 1,000 at most"));
        return 1;
    }

    private static IEnumerable<Figure> Figures(List<WorkerFigures> found, CountingVenue venue)
    {
        yield return new Figure("rate_replies_429", venue.Refused, "replies");
        yield return new Figure("rate_exit_longest_wait", found.Max(worker => worker.ExitLongestMs), "ms");
        yield return new Figure("rate_exit_p99_wait", found.Max(worker => worker.ExitP99Ms), "ms");
        yield return new Figure("rate_exits_not_sent", found.Sum(worker => worker.ExitsNotSent), "requests");
        yield return new Figure("rate_exits_sent", found.Sum(worker => worker.ExitsSent), "requests");
        yield return new Figure("rate_entries_sent", found.Sum(worker => worker.EntriesSent), "requests");
        yield return new Figure("rate_queries_sent", found.Sum(worker => worker.QueriesSent), "requests");
        yield return new Figure("rate_demand_over_grant", venue.DemandOver(found), "ratio");
        yield return new Figure("rate_most_weight_minute", venue.MostWeightMinute, "weight");
        yield return new Figure("rate_most_orders_10s", venue.MostOrdersTenSeconds, "orders");
        yield return new Figure("rate_most_orders_minute", venue.MostOrdersMinute, "orders");
    }
}
