using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Quantum.Exchanges.Budget;
using Quantum.Resp;

namespace Quantum.Bench.Budget;

/// <summary>
/// `rate-worker REDIS VENUE PROCESSES NUMBER SECONDS`: asks the shared budget for its part of three times what is
/// granted, sends what it gets, and tells what it saw.
/// </summary>
internal sealed class RateWorkerVerb : IDisposable
{
    // Shares of the venue's limits over all processes: together three times too much, of orders and of weight.
    private const double Exits = 0.4;
    private const double Entries = 2.6;
    private const int OrdersASecond = 20;
    private const int QueryWeight = 10;
    private const double QueriesASecond = (3 - Exits - Entries / 2) * 40 / QueryWeight;
    private const int LatestMs = 5_000;
    private const int StepMs = 20;

    private readonly RedisRateBudget _budget;
    private readonly HttpClient _venue;
    private readonly double _part;
    private readonly Random _random;
    private readonly ConcurrentBag<double> _exitWaits = [];
    private readonly ConcurrentBag<Task> _running = [];
    private readonly int[] _sent = new int[3];
    private int _exitsNotSent;
    private long _weight;
    private long _orders;

    private RateWorkerVerb(string redis, string venue, int processes, int number)
    {
        _budget = new RedisRateBudget(
            RespEndpoint.Parse(redis), "bench", "one account", new BudgetLimits(),
            NullLogger<RedisRateBudget>.Instance);
        _venue = new HttpClient { BaseAddress = new Uri(venue) };
        (_part, _random) = (1.0 / processes, new Random(number));
    }

    public static int Run(string[] options)
    {
        if (options is not [var redis, var venue, var processes, var number, var seconds])
            return Program.Usage("rate-worker is started by rate");
        using var worker = new RateWorkerVerb(redis, venue, Number(processes), Number(number));
        worker.WantAsync(TimeSpan.FromSeconds(Number(seconds))).GetAwaiter().GetResult();
        Console.WriteLine(JsonSerializer.Serialize(worker.Figures()));
        return 0;
    }

    public void Dispose()
    {
        _budget.Dispose();
        _venue.Dispose();
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private async Task WantAsync(TimeSpan time)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(StepMs));
        var clock = Stopwatch.StartNew();
        var lastMs = 0.0;
        while (clock.Elapsed < time && await timer.WaitForNextTickAsync())
        {
            var seconds = (clock.Elapsed.TotalMilliseconds - lastMs) / 1_000;
            lastMs = clock.Elapsed.TotalMilliseconds;
            // An exit is the order and the cancel of what it makes idle.
            Want(Exits * OrdersASecond * seconds, RequestUrgency.Exit, new RequestCost(1, 1));
            Want(Exits * OrdersASecond * seconds, RequestUrgency.Exit, new RequestCost(1, 0));
            Want(Entries * OrdersASecond * seconds, RequestUrgency.Entry, new RequestCost(1, 1));
            Want(QueriesASecond * seconds, RequestUrgency.Query, new RequestCost(QueryWeight, 0));
        }

        await Task.WhenAll(_running);
    }

    private void Want(double expected, RequestUrgency urgency, RequestCost cost)
    {
        // As many as come by chance: now and then several at once.
        for (var left = expected * _part; _random.NextDouble() < left; left--)
        {
            Interlocked.Add(ref _weight, cost.Weight);
            Interlocked.Add(ref _orders, cost.Orders);
            _running.Add(SendAsync(urgency, cost));
        }
    }

    private async Task SendAsync(RequestUrgency urgency, RequestCost cost)
    {
        var asked = Stopwatch.GetTimestamp();
        var latest = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + LatestMs;
        var isSent = await _budget.TakeAsync(urgency, cost, latest, CancellationToken.None);
        if (urgency == RequestUrgency.Exit)
        {
            _exitWaits.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            if (!isSent) Interlocked.Increment(ref _exitsNotSent);
        }

        if (!isSent) return;
        Interlocked.Increment(ref _sent[(int)urgency]);
        using var reply = await _venue.GetAsync(new Uri(
            string.Create(CultureInfo.InvariantCulture, $"?weight={cost.Weight}&orders={cost.Orders}"),
            UriKind.Relative));
        _budget.Tell(new BudgetUse(
            Header("X-MBX-USED-WEIGHT-1M"), Header("X-MBX-ORDER-COUNT-10S"), Header("X-MBX-ORDER-COUNT-1M")));
        if (reply.StatusCode == HttpStatusCode.TooManyRequests)
            _budget.Refused(TimeSpan.FromSeconds(Header("Retry-After") ?? 60), isBan: false);

        int? Header(string name) => reply.Headers.TryGetValues(name, out var values) ? Number(values.First()) : null;
    }

    private WorkerFigures Figures()
    {
        var waits = _exitWaits.Order().ToArray();
        return new WorkerFigures(
            waits.Length == 0 ? 0 : waits[^1], waits.Length == 0 ? 0 : waits[waits.Length * 99 / 100], _sent[0],
            _exitsNotSent, _sent[1], _sent[2], _weight, _orders);
    }
}
