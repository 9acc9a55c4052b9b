using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Instruments;
using Quantum.Resp;
using Quantum.Roles.Executor;

namespace Quantum.Bench.Orders;

/// <summary>
/// One run: the traders trade until the orders are done, then everything is closed, settled and compared.
/// </summary>
internal sealed class OrdersRun : IDisposable
{
    private const string StateKey = "quantum:state:executor";
    private const string OpenKey = "quantum:venue:open";
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_exposureEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_tellEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly OrdersOptions _options;
    private readonly OrderSystem _system;
    private readonly VenueAdmin _admin;
    private readonly RespConnection _connection;
    private readonly PlayedServices _services;
    private readonly PriceRelay _prices;
    private readonly ManualResetEventSlim _never = new();
    private readonly StreamEnd _resultStream;
    private readonly StreamEnd _commandStream;
    private readonly Dictionary<string, SymbolTrader> _traders;
    private readonly List<ToldResult> _results = [];
    private readonly Dictionary<string, CommandedOrder> _commanded = new(StringComparer.Ordinal);
    private readonly Stopwatch _clock = new();
    private long _exposedAt;
    private long _toldAt;

    public OrdersRun(OrdersOptions options)
    {
        _options = options;
        _system = new OrderSystem(options);
        _admin = new VenueAdmin(_system.Rest);
        _connection = RespConnection.Connect(_system.Endpoint);
        _services = new PlayedServices(_system.Endpoint);
        _prices = new PriceRelay(_system.Streams, _system.Endpoint, _system.Symbols);
        _resultStream = new StreamEnd(_connection, StreamCatalog.ExecutionResult.Key);
        _commandStream = new StreamEnd(_connection, StreamCatalog.OrderCommand.Key);
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
        using var watch = new ProtectionWatch(_system.Rest, Limit());
        _clock.Start();
        Until(() =>
        {
            faults.Step(_commanded.Count);
            foreach (var trader in _traders.Values) trader.Step(mayOpen: true);
            return _commanded.Count >= _options.Orders;
        }, _options.Longest, () => { });
        var isCutShort = _commanded.Count < _options.Orders;
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
            return IsSettled() && IsEven(_admin.Live());
        }, s_patience, () => { });
        watch.Stop();
        return Report(struck, watch, took, isCutShort);
    }

    public void Dispose()
    {
        _prices.Dispose();
        _services.Dispose();
        _connection.Dispose();
        _admin.Dispose();
        _system.Dispose();
        _never.Dispose();
    }

    private static TimeSpan Limit() => TimeSpan.FromMilliseconds(
        ExecutorSettings.For(TradingMode.Sim, isTape: false, InstrumentBook.BuiltIn.Filters).MaxUnprotectedMs);

    private OrdersReport Report(
        IReadOnlyDictionary<string, StruckBy> struck, ProtectionWatch watch, TimeSpan took, bool isCutShort)
    {
        Read();
        var truth = _admin.Truth();
        var check = new OrdersCheck
        {
            Truth = truth, Asked = _services.Asked, Commanded = [.. _commanded.Values], Results = _results,
            Remembered = Remembered(), Open = Members(OpenKey),
        };
        var longest = watch.Longest.OrderByDescending(pair => pair.Value).FirstOrDefault();
        if (_options.LogFolder is { } folder) KeepStreams(folder);
        return new OrdersReport
        {
            Findings = check.Findings(), Struck = struck, Orders = _commanded.Count, Accepted = truth.Accepted.Count,
            Fills = truth.Fills.Count, Intents = _services.Asked.Count, Took = took, IsCutShort = isCutShort,
            LongestUnprotected = longest.Value, LongestSymbol = longest.Key ?? "none", UnprotectedBeyond = watch.Beyond,
            Looks = watch.Looks,
            Ends = _results.GroupBy(result => $"{result.Kind} {result.Outcome} {result.ReasonCode}")
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
            var entries = new StreamEnd(_connection, key).News().Select(fields =>
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
        foreach (var entry in _commandStream.News())
        {
            if (entry["action"] != "place") continue;
            var id = entry["client_order_id"];
            _commanded.TryAdd(id, new CommandedOrder(id, entry["intent_id"], entry["purpose"]));
        }

        foreach (var entry in _resultStream.News())
        {
            var result = ToldResult.Of(entry);
            _results.Add(result);
            if (_traders.TryGetValue(result.Symbol, out var trader)) trader.Take(result);
        }
    }

    private void Tell()
    {
        if (Console.IsErrorRedirected || Stopwatch.GetElapsedTime(_toldAt) < s_tellEvery) return;
        _toldAt = Stopwatch.GetTimestamp();
        Console.Error.WriteLine(FormattableString.Invariant(
            $"{_clock.Elapsed.TotalSeconds:0} s: {_commanded.Count} of {_options.Orders} orders, ")
            + FormattableString.Invariant($"{_services.Asked.Count} intents, {_results.Count} results"));
    }

    // The account was compared, and every symbol has a price.
    private bool IsReady()
    {
        var venue = State().GetValueOrDefault("venue");
        return venue is not null && Json(venue).TryGetProperty("at_ms", out var atMs) && atMs.GetInt64() > 0
            && _system.Symbols.All(symbol => _prices.PriceOf(symbol) is not null);
    }

    private bool IsSettled() => _traders.Values.All(trader => trader.IsFlat) && Members(OpenKey).Count == 0;

    private bool IsEven(VenueTruth live) => live.Positions.Count == 0 && live.Orders.Count == 0
        && Remembered().Count == 0;

    private Dictionary<string, decimal> Remembered()
    {
        var held = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var (field, value) in State())
        {
            if (!field.StartsWith("symbol/", StringComparison.Ordinal)) continue;
            if (!Json(value).TryGetProperty("position", out var position)) continue;
            var quantity = position.GetProperty("net").GetProperty("quantity");
            held[field["symbol/".Length..]] = quantity.ValueKind == JsonValueKind.String
                ? decimal.Parse(quantity.GetString()!, CultureInfo.InvariantCulture)
                : quantity.GetDecimal();
        }

        return held;
    }

    private Dictionary<string, string> State()
    {
        var reply = _connection.Call("HGETALL", StateKey);
        reply.ThrowIfError();
        return reply.ReadFields();
    }

    private List<string> Members(string key)
    {
        var reply = _connection.Call("SMEMBERS", key);
        reply.ThrowIfError();
        var members = new List<string>();
        for (var left = reply.ReadArray(); left > 0; left--) members.Add(reply.ReadString());
        return members;
    }

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
