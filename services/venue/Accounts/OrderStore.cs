namespace Quantum.Venue.Accounts;

/// <summary>
/// An account's orders, fills and income. In memory alone: a new start of the venue knows none of it. Of what is done
/// the last hundred thousand of each are kept.
/// </summary>
internal sealed class OrderStore
{
    private const int Kept = 100_000;

    private readonly Dictionary<long, Order> _orders = [];
    private readonly Dictionary<string, Order> _byClientId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Order> _byRoleId = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, Order> _live = [];
    private readonly Queue<Order> _done = new();
    private readonly SortedDictionary<long, Conditional> _conditionals = [];
    private readonly Dictionary<string, Conditional> _conditionalByClientId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Conditional> _conditionalByRoleId = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, Conditional> _waiting = [];
    private readonly SortedDictionary<string, int> _accepted = new(StringComparer.Ordinal);

    public IReadOnlyCollection<Order> Live => _live.Values;

    public IReadOnlyCollection<Order> All => _orders.Values;

    public IReadOnlyCollection<Conditional> Waiting => _waiting.Values;

    public IReadOnlyCollection<Conditional> Conditionals => _conditionals.Values;

    public Queue<Fill> Fills { get; } = new();

    public Queue<Income> Incomes { get; } = new();

    public List<MarginMove> MarginMoves { get; } = [];

    /// <summary>How often an order or conditional order of a client id was accepted.</summary>
    public IReadOnlyDictionary<string, int> Accepted => _accepted;

    public Order? Find(long id) => _orders.GetValueOrDefault(id);

    /// <summary>The latest of that client id.</summary>
    public Order? Find(string clientId) => _byClientId.GetValueOrDefault(clientId);

    public Order? FindByRole(string roleId) => _byRoleId.GetValueOrDefault(roleId);

    public Conditional? FindConditional(long id) => _conditionals.GetValueOrDefault(id);

    public Conditional? FindConditional(string clientId) => _conditionalByClientId.GetValueOrDefault(clientId);

    public Conditional? FindConditionalByRole(string roleId) => _conditionalByRoleId.GetValueOrDefault(roleId);

    public bool IsLiveClientId(string clientId) => Find(clientId) is { IsLive: true };

    public int LiveOf(Symbol symbol) => _live.Values.Count(order => order.Symbol == symbol);

    public int WaitingOf(Symbol symbol) => _waiting.Values.Count(order => order.Symbol == symbol);

    public void Add(Order order)
    {
        _orders.Add(order.Id, order);
        _byClientId[order.ClientId] = order;
        _byRoleId[order.RoleId] = order;
        _live.Add(order.Id, order);
    }

    public void Add(Conditional order)
    {
        _conditionals.Add(order.Id, order);
        _conditionalByClientId[order.ClientId] = order;
        _conditionalByRoleId[order.RoleId] = order;
        _waiting.Add(order.Id, order);
        while (_conditionals.Count > Kept) Forget(_conditionals.Values.First());
    }

    /// <summary>An order that the role knows by another id from now on.</summary>
    public void Rename(Order order, string roleId)
    {
        _byRoleId.Remove(order.RoleId);
        order.RoleId = roleId;
        _byRoleId[roleId] = order;
    }

    /// <summary>Counts an acceptance.</summary>
    public void Accept(string clientId) => _accepted[clientId] = _accepted.GetValueOrDefault(clientId) + 1;

    /// <summary>Takes a finished order off the live ones.</summary>
    public void Finish(Order order)
    {
        _live.Remove(order.Id);
        _byRoleId.Remove(order.RoleId);
        _done.Enqueue(order);
        if (_done.Count <= Kept) return;
        var oldest = _done.Dequeue();
        _orders.Remove(oldest.Id);
        if (Find(oldest.ClientId) == oldest) _byClientId.Remove(oldest.ClientId);
    }

    /// <summary>Takes a conditional order off those that wait.</summary>
    public void Finish(Conditional order) => _waiting.Remove(order.Id);

    public void Add(Fill fill)
    {
        Fills.Enqueue(fill);
        if (Fills.Count > Kept) Fills.Dequeue();
    }

    public void Add(Income income)
    {
        Incomes.Enqueue(income);
        if (Incomes.Count > Kept) Incomes.Dequeue();
    }

    private void Forget(Conditional order)
    {
        _conditionals.Remove(order.Id);
        _waiting.Remove(order.Id);
        _conditionalByRoleId.Remove(order.RoleId);
        if (FindConditional(order.ClientId) == order) _conditionalByClientId.Remove(order.ClientId);
    }
}
