namespace Quantum.Simulation.Faults;

/// <summary>What goes wrong in a run, from its seed.</summary>
internal static class FaultPlan
{
    /// <summary>From here on are the numbers of what is drawn apart.</summary>
    public const int FirstApart = 1_000;

    private const int StepsPerFault = 15;
    private const int StepsPerFaultApart = 60;

    // What orders depend on goes wrong most often.
    private static readonly string[] s_roles =
    [
        RoleNames.Executor, RoleNames.Executor, RoleNames.Executor, RoleNames.Venue, RoleNames.Venue,
        RoleNames.ExitBrain, RoleNames.ExitBrain, RoleNames.TradingBot, RoleNames.Portfolio, RoleNames.Governance,
        RoleNames.RlSizingAgent, RoleNames.AiEngine, RoleNames.MetaRegime, RoleNames.ExchangeNormalizer,
        RoleNames.ModelSupervisor, RoleNames.RlOptimizer, RoleNames.Clm, RoleNames.SizingPolicy,
    ];

    // A seed's faults stay what they are when a kind is added: kinds from NoReplica on are drawn apart.
    private static readonly FaultKind[] s_kinds =
        [.. Enum.GetValues<FaultKind>().Where(kind => kind < FaultKind.NoReplica)];

    private static readonly FaultKind[] s_kindsApart =
        [.. Enum.GetValues<FaultKind>().Where(kind => kind >= FaultKind.NoReplica)];

    /// <summary>In the order of their steps.</summary>
    /// <param name="seed">The run's.</param>
    /// <param name="steps">Steps in which something may go wrong.</param>
    /// <param name="symbols">What is traded.</param>
    public static IReadOnlyList<Fault> Of(long seed, int steps, IReadOnlyList<string> symbols)
    {
        var draw = Draw.Of(seed, "faults");
        var apart = Draw.Of(seed, "faults apart");
        var places = Places(ref draw, steps, StepsPerFault);
        var placesApart = Places(ref apart, steps, StepsPerFaultApart);
        return
        [
            .. places.Select((step, number) => One(number, step, ref draw, symbols))
                .Concat(placesApart.Select((step, number) => Apart(FirstApart + number, step, ref apart, symbols)))
                .OrderBy(fault => fault.Step),
        ];
    }

    private static List<int> Places(ref Draw draw, int steps, int stepsPerFault)
    {
        // Some runs are calm, some are hell.
        var count = (int)(steps / (double)stepsPerFault * (0.2 + 1.8 * draw.Next()));
        var places = new List<int>();
        for (var i = 0; i < count; i++) places.Add(draw.Below(steps));
        places.Sort();
        return places;
    }

    private static Fault Apart(int number, int step, ref Draw draw, IReadOnlyList<string> symbols)
    {
        var kind = s_kindsApart[draw.Below(s_kindsApart.Length)];
        return new Fault(number, step, kind, symbols[draw.Below(symbols.Count)], draw.Between(1, 17));
    }

    private static Fault One(int number, int step, ref Draw draw, IReadOnlyList<string> symbols)
    {
        var kind = s_kinds[draw.Below(s_kinds.Length)];
        // An operator's word stops trading for a while: a run of nothing but those shows little.
        if (kind >= FaultKind.Kill && draw.Chance(0.6)) kind = s_kinds[draw.Below((int)FaultKind.Kill)];
        var role = s_roles[draw.Below(s_roles.Length)];
        var symbol = symbols[draw.Below(symbols.Count)];
        return kind switch
        {
            FaultKind.Crash or FaultKind.CrashBehindCommit => new(number, step, kind, role, draw.Between(0, 12_000)),
            FaultKind.ReplyLost or FaultKind.TakeOver => new(number, step, kind, role, draw.Below(4)),
            FaultKind.CutOff or FaultKind.Pause => new(number, step, kind, role, draw.Between(500, 25_000)),
            FaultKind.Skew => new(number, step, kind, role, draw.Between(-4_000, 4_000)),
            FaultKind.GroupSet => new(number, step, kind, role, draw.Between(1, 20)),
            FaultKind.Doubled => new(number, step, kind, draw.Chance(0.7) ? "intent" : "candle", 1),
            FaultKind.AnswerLost or FaultKind.RequestLost or FaultKind.RequestLate or FaultKind.Refusal =>
                new(number, step, kind, "venue", draw.Between(1, 4)),
            FaultKind.Outage or FaultKind.StreamGap => new(number, step, kind, "venue", draw.Between(1_000, 40_000)),
            FaultKind.StreamDisorder => new(number, step, kind, "venue", draw.Between(10_000, 120_000)),
            FaultKind.FrozenFeed => new(number, step, kind, symbol, draw.Between(5_000, 90_000)),
            FaultKind.ThinMarket => new(number, step, kind, symbol, draw.Between(90_000, 360_000)),
            _ => new(number, step, kind, "operator", draw.Between(20_000, 180_000)),
        };
    }
}
