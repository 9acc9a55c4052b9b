using Quantum.EventLog;
using Quantum.InProcess;

namespace Quantum.Simulation.Checks;

/// <summary>Reads every entry as it is written and shows it to the checkers; keeps the first failure.</summary>
internal sealed class Witness
{
    private static readonly RoleSeat s_governance = new(RoleNames.Governance, 0);
    private readonly SimulatedWorld _world;
    private readonly Checker[] _checkers;
    private readonly CatalogRules _rules;
    private readonly Dictionary<string, Action<StoredEntry>> _readers = new(StringComparer.Ordinal);
    private readonly List<EntryId> _stoppingWords = [];

    // The unknown blocks entries.
    private bool _isPolicyStopping = true;

    public Witness(SimulatedWorld world)
    {
        _world = world;
        _rules = new CatalogRules(text => Fail("catalog", text));
        _checkers =
        [
            new OneOrder(world), new IntentEnds(world), new Positions(world), new Money(world), new Protection(world),
            new StopTightness(world), new SpareStops(world), new KillSwitch(world), new ExposureLimits(world),
            new FreshEquity(world), new RebuiltState(world), new HandledOnce(world),
        ];
        ReadOrders();
        ReadAccount();
        ReadMore();
    }

    private delegate void Handling<TEvent>(in TEvent payload, in SeenEntry entry) where TEvent : struct;

    /// <summary>Null while every checker holds.</summary>
    public Violation? First { get; private set; }

    /// <summary>
    /// True while the newest policy lets no entry out, or an operator's word that governance has not followed yet.
    /// </summary>
    public bool IsStopped
    {
        get
        {
            if (_isPolicyStopping) return true;
            var followed = _world.Log.SeatOf(s_governance).Cursors.GetValueOrDefault(
                StreamCatalog.GovernanceControl.Key);
            return _stoppingWords.Exists(word => word > followed);
        }
    }

    /// <summary>Done once, when the executor next commands an entry.</summary>
    public Action? AtNextEntry { get; set; }

    /// <summary>Done once, when the executor next sends an order of the symbol.</summary>
    public Dictionary<Symbol, Action> AtNextOrder { get; } = [];

    public long Intents { get; private set; }

    /// <summary>Orders that the venue took.</summary>
    public long Orders { get; private set; }

    public long Trades { get; private set; }

    public void Fail(string checker, string text)
    {
        First ??= new Violation(checker, text, _world.Step, _world.NowMs);
        _world.Say($"CHECKER {checker}: {text}");
    }

    public void Entry(string streamKey, StoredEntry entry)
    {
        if (_readers.TryGetValue(streamKey, out var read)) read(entry);
        else if (streamKey.StartsWith(EventStream.DeadLetterPrefix, StringComparison.Ordinal)) OnDeadLetter(entry);
    }

    /// <summary>The next entry is one that stands there already, on purpose.</summary>
    public void ExpectsAgain() => _rules.ExpectsAgain = true;

    public void Leaves(in OrderCommand order)
    {
        if (order.Action == OrderAction.Place)
            _world.Say($"sends {order.Symbol} {order.Purpose} {order.Side} {order.Quantity} {order.TriggerPrice} "
                + order.ClientOrderId);
        foreach (var checker in _checkers) checker.OnLeaving(in order);
    }

    public void Arrives(in OrderCommand order, in OrderUpdate answer)
    {
        if (order.Action == OrderAction.Place) Orders++;
        if (order.Action != OrderAction.Query)
            _world.Say($"venue {order.Action} {order.ClientOrderId}: {answer.Status} {answer.ReasonCode}");
        foreach (var checker in _checkers) checker.OnArrival(in order, in answer);
    }

    public void EndStep()
    {
        var view = _world.Exchange.View();
        foreach (var checker in _checkers) checker.OnStep(view);
    }

    private void OnDeadLetter(StoredEntry entry)
    {
        var fields = entry.Fields;
        fields.TryGet("dlq_reason"u8, out var reason);
        fields.TryGet("dlq_text"u8, out var text);
        fields.TryGet("dlq_stream"u8, out var stream);
        fields.TryGet("dlq_role"u8, out var role);
        Fail("catalog", $"{Encoding.UTF8.GetString(role)} made a dead letter of {Encoding.UTF8.GetString(stream)}: "
            + $"{Encoding.UTF8.GetString(reason)}, {Encoding.UTF8.GetString(text)}");
    }

    private void Read<TEvent>(EventStream<TEvent> stream, Handling<TEvent>? handle = null) where TEvent : struct =>
        _readers[stream.Key] = entry =>
        {
            if (!_rules.TryRead(stream, entry, out var payload, out var seen)) return;
            handle?.Invoke(in payload, in seen);
        };

    private void ReadOrders()
    {
        Read(StreamCatalog.TradeIntent, (in TradeIntent intent, in SeenEntry entry) =>
        {
            Intents++;
            foreach (var checker in _checkers) checker.OnIntent(in intent, in entry);
        });
        Read(StreamCatalog.ExecutionResult, (in ExecutionResult result, in SeenEntry entry) =>
        {
            _world.Say($"result {result.Symbol} {result.Kind} {result.Outcome} {result.ReasonCode} "
                + $"{result.FilledQuantity} -> {result.PositionQuantity}");
            foreach (var checker in _checkers) checker.OnResult(in result, in entry);
        });
        Read(StreamCatalog.OrderCommand, (in OrderCommand command, in SeenEntry entry) =>
        {
            if (command is { Action: OrderAction.Place, ReduceOnly: false } && AtNextEntry is { } act)
            {
                AtNextEntry = null;
                _world.After(0, act);
            }

            if (command.Action == OrderAction.Place && AtNextOrder.Remove(command.Symbol, out var speak))
                _world.After(0, speak);
            foreach (var checker in _checkers) checker.OnCommand(in command, in entry);
        });
        Read(StreamCatalog.PolicyUpdated, (in PolicyUpdated policy, in SeenEntry entry) =>
        {
            _world.Say($"policy {policy.PolicyVersion} {policy.RiskMode} kill {policy.KillSwitch} {policy.ReasonCode}");
            _isPolicyStopping = policy.KillSwitch || policy.RiskMode == RiskMode.Halt;
            foreach (var checker in _checkers) checker.OnPolicy(in policy, in entry);
        });
    }

    private void ReadAccount()
    {
        Read(StreamCatalog.GovernanceControl, (in ControlCommand word, in SeenEntry entry) =>
        {
            _world.Say($"word {word.Command} {word.Symbol} {word.StopPrice}{word.RiskMode}");
            if (word is { Command: ControlAction.KillOn or ControlAction.Flatten } or { RiskMode: RiskMode.Halt })
                _stoppingWords.Add(entry.Id);
            foreach (var checker in _checkers) checker.OnWord(in word, in entry);
        });
        Read(StreamCatalog.SizingRequested, (in SizingRequested request, in SeenEntry entry) =>
        {
            foreach (var checker in _checkers) checker.OnSizing(in request, in entry);
        });
        Read(StreamCatalog.PortfolioSnapshot, (in PortfolioSnapshot snapshot, in SeenEntry entry) =>
        {
            foreach (var checker in _checkers) checker.OnSnapshot(in snapshot, in entry);
        });
        Read(StreamCatalog.PortfolioExposure, (in PortfolioExposure exposure, in SeenEntry entry) =>
        {
            foreach (var checker in _checkers) checker.OnExposure(in exposure, in entry);
        });
        Read(StreamCatalog.TradeClosed, (in TradeClosed _, in SeenEntry _) => Trades++);
    }

    private void ReadMore()
    {
        Read(StreamCatalog.MarketKlines);
        Read(StreamCatalog.ExchangeNormalized);
        Read(StreamCatalog.SignalGenerated);
        Read(StreamCatalog.DecisionMade);
        Read(StreamCatalog.SizingDecided);
        Read(StreamCatalog.MetaRegime);
        Read(StreamCatalog.TrainingStarted);
        Read(StreamCatalog.TrainingCompleted);
        Read(StreamCatalog.RetrainingStarted);
        Read(StreamCatalog.RetrainingCompleted);
        Read(StreamCatalog.RetrainingFailed);
        Read(StreamCatalog.ModelRetrain);
        Read(StreamCatalog.OrderUpdate);
        Read(StreamCatalog.AuditFinding);
    }
}
