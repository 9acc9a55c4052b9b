namespace Quantum.Console.Live;

/// <summary>One step of a trade's life.</summary>
/// <param name="Entry">As it stands on its stream.</param>
/// <param name="Stream">The stream's name.</param>
/// <param name="AfterMs">Since the step before, ms from 0.</param>
internal sealed record TradeStep(StreamEntry Entry, string Stream, long AfterMs)
{
    private static readonly string[] s_facts =
    [
        "side", "action", "kind", "type", "purpose", "status", "outcome", "reason_code", "reason", "confidence",
        "quantity", "filled_quantity", "last_fill_quantity", "last_fill_price", "average_price", "leverage",
        "position_size_usd", "stop_loss", "stop_price", "take_profit", "fee_usd", "pnl_usd", "r_multiple",
    ];

    /// <summary>What is read first, by wire name.</summary>
    public IEnumerable<KeyValuePair<string, string>> Facts =>
        from name in s_facts
        let value = Entry[name]
        where value.Length > 0
        select KeyValuePair.Create(name, value);
}

/// <summary>Why a trade was made and what became of it: its chain of events, and the entries that decided it.</summary>
internal sealed record TradeStory(IReadOnlyList<TradeStep> Steps, IReadOnlyList<string> NotSearchedWhole)
{
    private const int Depth = 20_000;

    public static TradeStory Of(SystemRedis look, string id)
    {
        var chain = EventChain.Of(look, id, Depth);
        var steps = new List<TradeStep>();
        foreach (var (stream, entry) in chain.Links)
            steps.Add(new TradeStep(
                entry, stream.Name, steps.Count == 0 ? 0 : Math.Max(0, entry.IdMs - steps[^1].Entry.IdMs)));
        return new TradeStory(steps, chain.NotSearchedWhole);
    }

    /// <summary>What each feature added to the signal's expected result; empty where it does not tell.</summary>
    public IReadOnlyList<FeatureShare> Shares =>
        First(StreamCatalog.SignalGenerated.Name) is { } signal
        && WireJson.TryParse<FeatureShare[]>(signal["contributions"], out var shares)
            ? [.. shares.OrderByDescending(share => Math.Abs(share.ResultR))] : [];

    /// <summary>Every gate that it met, the bot's and then the executor's.</summary>
    public IReadOnlyList<StoryGate> Gates =>
    [
        .. StoryGate.Of(RoleNames.TradingBot, First(StreamCatalog.SizingRequested.Name)),
        .. StoryGate.Of(RoleNames.Executor, Orders.FirstOrDefault(order => order.Command["gates"].Length > 0)?.Command),
        .. StoryGate.Closed(First(StreamCatalog.ExecutionResult.Name)),
    ];

    /// <summary>Its orders with what the venue told of them.</summary>
    public IReadOnlyList<StoryOrder> Orders { get; } = StoryOrder.Of(Steps);

    /// <summary>Wishes to leave, oldest first, each with its end; null while it has none.</summary>
    public IEnumerable<(StreamEntry Intent, StreamEntry? End)> Exits =>
        from step in Steps
        where step.Stream == StreamCatalog.TradeIntent.Name && step.Entry["reduce_only"] == "true"
        select (step.Entry, Steps.FirstOrDefault(other => other.Stream == StreamCatalog.ExecutionResult.Name
            && other.Entry["intent_id"] == step.Entry["event_id"])?.Entry);

    /// <summary>The traces that its events are part of; empty where nothing is traced.</summary>
    public IReadOnlyList<string> TraceIds => SeenTrace.IdsOf(Steps.Select(step => step.Entry));

    /// <summary>The first entry of a stream in it; null when there is none.</summary>
    public StreamEntry? First(string stream) => Steps.FirstOrDefault(step => step.Stream == stream)?.Entry;

    /// <summary>The last one.</summary>
    public StreamEntry? Last(string stream) => Steps.LastOrDefault(step => step.Stream == stream)?.Entry;
}
