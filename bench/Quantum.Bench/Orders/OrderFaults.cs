namespace Quantum.Bench.Orders;

/// <summary>
/// What goes wrong in a run: the venue's faults of requests and of the account's stream, each kind with an equal share
/// and drawn with the seed; and, evenly over the orders, what lasts some seconds or ends the executor.
/// </summary>
internal sealed class OrderFaults
{
    private const int DelayMs = 800;
    private const int SkewMs = 3_000;
    private const int OrdersPerRound = 500;
    private const int LeastRounds = 2;

    private static readonly Fault[] s_requests =
    [
        new("delay_before", ("kind", "delay"), ("before", true), ("delayMs", DelayMs)),
        new("delay_after", ("kind", "delay"), ("delayMs", DelayMs)),
        new("cut_before", ("kind", "cut"), ("before", true)),
        new("cut_after", ("kind", "cut")),
        new("hidden_1007", ("kind", "hidden_success"), ("code", -1007), ("status", 408)),
        new("hidden_1001", ("kind", "hidden_success"), ("code", -1001), ("status", 503)),
        new("hidden_page", ("kind", "hidden_success"), ("html", true), ("status", 503)),
        new("refused", ("kind", "refuse"), ("code", -2010), ("status", 400), ("request", "POST *"),
            ("msg", "Order would be refused.")),
        new("refused", ("kind", "refuse"), ("code", -1008), ("status", 503), ("request", "GET *")),
        new("refused", ("kind", "refuse"), ("code", -1008), ("status", 503), ("request", "DELETE *")),
    ];

    private static readonly Fault[] s_events =
        [new("event_reordered", ("kind", "reorder")), new("event_doubled", ("kind", "double"))];

    private static readonly Fault[] s_timed =
    [
        new("stream_stale", ("kind", "stale"), ("seconds", 5)),
        new("stream_cut"),
        new("clock_ahead", ("kind", "skew"), ("shiftMs", SkewMs), ("seconds", 4)),
        new("executor_killed"),
        new("ban", ("kind", "ban"), ("seconds", 3)),
        new("clock_behind", ("kind", "skew"), ("shiftMs", -SkewMs), ("seconds", 4)),
        new("executor_killed"),
    ];

    private readonly OrderSystem _system;
    private readonly VenueAdmin _admin;
    private readonly int _every;
    private readonly List<string> _ordered = [];
    private readonly Dictionary<string, int> _struck = new(StringComparer.Ordinal);
    private int _timed;

    public OrderFaults(OrderSystem system, VenueAdmin admin, OrdersOptions options)
    {
        (_system, _admin) = (system, admin);
        var rounds = Math.Max(LeastRounds, options.Orders / OrdersPerRound);
        _every = options.Faults > 0 ? Math.Max(1, options.Orders / (rounds * s_timed.Length + 1)) : int.MaxValue;
        if (options.Faults == 0) return;
        OrderShares(s_requests, options.Faults, options.Seed);
        OrderShares(s_events, options.Faults, options.Seed + 1);
    }

    /// <summary>Every kind, in a fixed order.</summary>
    public static IEnumerable<string> Kinds =>
        s_requests.Concat(s_events).Concat(s_timed).Select(fault => fault.Name).Distinct();

    /// <summary>Orders what is due after so many orders.</summary>
    public void Step(int orders)
    {
        if (orders < (long)_every * (_timed + 1)) return;
        var fault = s_timed[_timed++ % s_timed.Length];
        _struck[fault.Name] = _struck.GetValueOrDefault(fault.Name) + 1;
        if (fault.Name == "executor_killed") _system.RestartExecutor();
        else if (fault.Name == "stream_cut")
            _admin.Disconnect(new Dictionary<string, object> { ["key"] = _admin.Key() });
        else Order(fault.Name, fault.Fields);
    }

    /// <summary>Ends all faults and tells what they struck.</summary>
    public IReadOnlyDictionary<string, StruckBy> End()
    {
        var faults = _admin.Truth().Faults;
        _admin.EndFaults();
        if (faults.Count != _ordered.Count)
        {
            throw new InvalidOperationException(
                $"the venue counts {faults.Count} faults, {_ordered.Count} were ordered.");
        }

        return Kinds.ToDictionary(kind => kind, kind =>
        {
            var own = faults.Where((_, at) => _ordered[at] == kind).ToArray();
            // What lasts is counted by how often it was ordered: the venue counts what it met.
            return new StruckBy(
                _struck.TryGetValue(kind, out var times) ? times : own.Sum(fault => fault.Hits),
                own.SelectMany(fault => fault.ClientIds).ToHashSet(StringComparer.Ordinal));
        });
    }

    // The venue asks one rule after the other: the later ones draw from what the earlier ones left. A kind of several
    // rules, each for requests of its own, has one share.
    private void OrderShares(Fault[] faults, double share, int seed)
    {
        var kinds = faults.Select(fault => fault.Name).Distinct().ToArray();
        var each = share / kinds.Length;
        for (var i = 0; i < faults.Length; i++)
        {
            var fields = faults[i].Fields.ToDictionary();
            fields["share"] = each / (1 - Array.IndexOf(kinds, faults[i].Name) * each);
            fields["seed"] = seed * 100 + i;
            Order(faults[i].Name, fields);
        }
    }

    private void Order(string name, IReadOnlyDictionary<string, object> fields)
    {
        _admin.Order(fields);
        _ordered.Add(name);
    }

    private sealed record Fault(string Name, params (string Name, object Value)[] Given)
    {
        public IReadOnlyDictionary<string, object> Fields { get; } =
            Given.ToDictionary(field => field.Name, field => field.Value);
    }
}

/// <summary>What a kind of fault struck.</summary>
/// <param name="Times">How often.</param>
/// <param name="ClientIds">Whose orders' requests.</param>
internal sealed record StruckBy(int Times, IReadOnlySet<string> ClientIds);
