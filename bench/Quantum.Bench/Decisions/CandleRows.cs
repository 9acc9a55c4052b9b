using System.Globalization;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Feeds;

namespace Quantum.Bench.Decisions;

/// <summary>Writes told candles as CSV files, one a symbol.</summary>
internal sealed class CandleRows(string folder) : IMarketSink, IDisposable
{
    private readonly Dictionary<Symbol, StreamWriter> _files = [];

    public void Kline(long atMs, in MarketKline kline)
    {
        if (!_files.TryGetValue(kline.Symbol, out var file))
        {
            _files[kline.Symbol] = file = new StreamWriter(Path.Combine(folder, kline.Symbol + ".csv"));
            file.WriteLine("timestamp,open,high,low,close,volume,quote_volume,trades");
        }

        var at = DateTimeOffset.FromUnixTimeMilliseconds(kline.OpenTimeMs);
        file.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{at:yyyy-MM-dd HH:mm:ss}+00:00,{kline.Open},{kline.High},{kline.Low},{kline.Close},{kline.Volume},"
            + $"{kline.Volume * kline.Close},60"));
    }

    public void Tick(long atMs, in MarketTick tick)
    {
    }

    public void Data(long atMs, in MarketData state)
    {
    }

    public void Quote(long atMs, in ExchangeRaw quote)
    {
    }

    public void Step(long atMs)
    {
    }

    public void Dispose()
    {
        foreach (var file in _files.Values) file.Dispose();
    }
}
