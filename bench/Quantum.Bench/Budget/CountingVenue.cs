using System.Diagnostics;
using System.Globalization;
using System.Net;
using Quantum.AppHost;

namespace Quantum.Bench.Budget;

/// <summary>
/// Counts requests in fixed windows from an instant that nobody knows, tells its counts in headers, and answers 429
/// with Retry-After above its limits, as the exchange does.
/// </summary>
internal sealed class CountingVenue : IDisposable
{
    private const int WeightMinute = 2_400;
    private const int OrdersTenSeconds = 300;
    private const int OrdersMinute = 1_200;

    private readonly HttpListener _listener = new();
    private readonly Lock _lock = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly int _phaseMs = Random.Shared.Next(60_000);
    private readonly Task _serving;
    private (long Window, int Count) _weight;
    private (long Window, int Count) _tenSeconds;
    private (long Window, int Count) _minute;
    private long _firstMs = -1;
    private long _lastMs;

    public CountingVenue()
    {
        Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}/");
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _serving = Task.Run(ServeAsync);
    }

    public string Address { get; }

    public int Refused { get; private set; }

    public int MostWeightMinute { get; private set; }

    public int MostOrdersTenSeconds { get; private set; }

    public int MostOrdersMinute { get; private set; }

    /// <summary>What was wanted over what is granted, of the kind that was wanted most.</summary>
    public double DemandOver(IReadOnlyList<WorkerFigures> workers)
    {
        var minutes = Math.Max(1, _lastMs - _firstMs) / 60_000.0;
        return Math.Min(
            workers.Sum(worker => worker.WeightWanted) / (minutes * WeightMinute),
            workers.Sum(worker => worker.OrdersWanted) / (minutes * OrdersMinute));
    }

    public void Dispose()
    {
        _listener.Stop();
        _serving.Wait();
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Answer(context);
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var weight = int.Parse(context.Request.QueryString["weight"]!, CultureInfo.InvariantCulture);
        var orders = int.Parse(context.Request.QueryString["orders"]!, CultureInfo.InvariantCulture);
        var headers = context.Response.Headers;
        lock (_lock)
        {
            _lastMs = _clock.ElapsedMilliseconds;
            if (_firstMs < 0) _firstMs = _lastMs;
            var at = _lastMs + _phaseMs;
            MostWeightMinute = Math.Max(MostWeightMinute, Count(ref _weight, at / 60_000, weight));
            MostOrdersTenSeconds = Math.Max(MostOrdersTenSeconds, Count(ref _tenSeconds, at / 10_000, orders));
            MostOrdersMinute = Math.Max(MostOrdersMinute, Count(ref _minute, at / 60_000, orders));
            headers["X-MBX-USED-WEIGHT-1M"] = Text(_weight.Count);
            if (orders > 0)
            {
                headers["X-MBX-ORDER-COUNT-10S"] = Text(_tenSeconds.Count);
                headers["X-MBX-ORDER-COUNT-1M"] = Text(_minute.Count);
            }

            if (_weight.Count > WeightMinute || _tenSeconds.Count > OrdersTenSeconds || _minute.Count > OrdersMinute)
            {
                Refused++;
                context.Response.StatusCode = (int)HttpStatusCode.TooManyRequests;
                headers["Retry-After"] = Text(60 - (int)(at / 1_000 % 60));
            }
        }

        context.Response.Close();
    }

    private static int Count(ref (long Window, int Count) counted, long window, int units)
    {
        counted = counted.Window == window ? (window, counted.Count + units) : (window, units);
        return counted.Count;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
