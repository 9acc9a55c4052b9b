using System.Diagnostics;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Instruments;
using Quantum.Resp;

namespace Quantum.Bench.Orders;

/// <summary>
/// One run: the traders trade until the orders are done, then everything is closed, settled and compared.
/// </summary>
internal sealed class OrdersRun : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_exposureEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_tellEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly OrdersOptions _options;
    private readonly OrderSystem _system;
    private readonly VenueAdmin _admin;
    private readonly RespClient _redis;
    private readonly ExecutorView _view;
    private readonly PlayedServices _services;
    private readonly PriceRelay _prices;
    private readonly ManualResetEventSlim _never = new();
    private readonly Dictionary<string, SymbolTrader> _traders;
    private readonly Stopwatch _clock = new();
    private long _exposedAt;
    private long _toldAt;

    public OrdersRun(OrdersOptions options)
    {
        _options = options;
        _system = new OrderSystem(options);
        _admin = new VenueAdmin(_system.Rest);
        _redis = new RespClient(_system.Endpoint);
        _view = new ExecutorView(_redis);
        _services = new PlayedServices(_system.Endpoint);
        _prices = new PriceRelay(_system.Streams, _system.Endpoint, _system.Symbols);
        var random = new Random(options.Seed);
        _traders = _system.Symbols.ToDictionary(symbol => symbol.Name, symbol => new SymbolTrader(
            InstrumentBook.BuiltIn.Find(symbol)!.Filters, _services, _prices, new Random(random.Next())));
    }

    public OrdersReport Run()
    {
        _services.Allow(_system.Symbols.Count);
        Until(IsReady, s_patience, () => throw new InvalidOperationException("the executor did not get ready."));
        // Faults begin with the first order: what fails at the start is the start's own test.
        var faults = new OrderFaults(_system, _admin, _options);
        using var watch = new ProtectionWatch(_system.Rest);
        _clock.Start();
        Until(() =>
        {
            faults.Step(_view.Commanded.Count);
            foreach (var trader in _traders.Values) trader.Step(mayOpen: true);
            return _view.Commanded.Count >= _options.Orders;
        }, _options.Longest, () => { });
        var isCutShort = _view.Commanded.Count < _options.Orders;
        Until(() =>
        {
            foreach (var trader in _traders.Values) trader.Step(mayOpen: false);
            return IsSettled();
        }, s_patience, () => { });
        var took = _clock.Elapsed;
        var struck = faults.End();
        Until(() =>
        {
            foreach (var trader in _traders.Values) trader.Step(mayOpen: false);
            return IsSettled() && _view.IsEven(_admin.Live());
        }, s_patience, () => { });
        watch.Stop();
        return Report(struck, watch, took, isCutShort);
    }

    public void Dispose()
    {
        _prices.Dispose();
        _services.Dispose();
        _redis.Dispose();
        _admin.Dispose();
        _system.Dispose();
        _never.Dispose();
    }

    private OrdersReport Report(
        IReadOnlyDictionary<string, StruckBy> struck, ProtectionWatch watch, TimeSpan took, bool isCutShort)
    {
        Read();
        var truth = _admin.Truth();
        var check = new OrdersCheck
        {
            Truth = truth, Asked = _services.Asked, Commanded = [.. _view.Commanded.Values],
            Results = _view.Results,
            Remembered = _view.Remembered(), Open = _view.Open(),
        };
        var longest = watch.Longest.OrderByDescending(pair => pair.Value).FirstOrDefault();
        if (_options.LogFolder is { } folder) KeepStreams(folder);
        return new OrdersReport
        {
            Findings = check.Findings(), Struck = struck, Orders = _view.Commanded.Count,
            Accepted = truth.Accepted.Count, Fills = truth.Fills.Count,
            Intents = _services.Asked.Count, Took = took, IsCutShort = isCutShort,
            LongestUnprotected = longest.Value, LongestSymbol = longest.Key ?? "none", UnprotectedBeyond = watch.Beyond,
            Looks = watch.Looks,
            Ends = _view.Results.GroupBy(result => $"{result.Kind} {result.Outcome} {result.ReasonCode}")
                .OrderByDescending(group => group.Count()).ToDictionary(group => group.Key, group => group.Count()),
        };
    }

    // What was commanded, told and concluded, in the order of Redis: what a finding is explained with.
    private void KeepStreams(string folder)
    {
        string[] keys =
        [
            StreamCatalog.TradeIntent.Key, StreamCatalog.OrderCommand.Key, StreamCatalog.OrderUpdate.Key,
            StreamCatalog.ExecutionResult.Key,
        ];
        foreach (var key in keys)
        {
            var entries = new StreamEnd(_redis, key).News().Select(fields =>
                string.Join(' ', fields.Select(field => $"{field.Key}={field.Value}")));
            File.WriteAllLines(Path.Combine(folder, key.Replace(':', '-') + ".txt"), entries);
        }
    }

    // Looks again and again until it is so, or the time is over.
    private void Until(Func<bool> isDone, TimeSpan patience, Action onEnd)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            Read();
            if (Stopwatch.GetElapsedTime(_exposedAt) > s_exposureEvery)
            {
                _services.TellExposure();
                _exposedAt = Stopwatch.GetTimestamp();
            }

            if (isDone()) return;
            if (clock.Elapsed > patience)
            {
                onEnd();
                return;
            }

            Tell();
            _system.Check();
            _prices.Check();
            _never.Wait(s_pause);
        }
    }

    private void Read()
    {
        foreach (var result in _view.Read())
            if (_traders.TryGetValue(result.Symbol, out var trader)) trader.Take(result);
    }

    private void Tell()
    {
        if (Console.IsErrorRedirected || Stopwatch.GetElapsedTime(_toldAt) < s_tellEvery) return;
        _toldAt = Stopwatch.GetTimestamp();
        Console.Error.WriteLine(FormattableString.Invariant(
            $"{_clock.Elapsed.TotalSeconds:0} s: {_view.Commanded.Count} of {_options.Orders} orders, ")
            + FormattableString.Invariant($"{_services.Asked.Count} intents, {_view.Results.Count} results"));
    }

    // The account was compared, and every symbol has a price.
    private bool IsReady() =>
        _view.IsCompared() && _system.Symbols.All(symbol => _prices.PriceOf(symbol) is not null);

    private bool IsSettled() => _traders.Values.All(trader => trader.IsFlat) && _view.Open().Count == 0;
}
