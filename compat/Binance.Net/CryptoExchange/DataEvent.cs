namespace CryptoExchange.Net.Objects.Sockets;

/// <summary>What surrounds an update.</summary>
public class DataEvent(string exchange, DateTime receiveTimestamp, string? originalData)
{
    /// <summary>When the frame was received, by this machine's clock (UTC).</summary>
    public DateTime ReceiveTime { get; set; } = receiveTimestamp;

    /// <summary>When the exchange says that it happened (UTC).</summary>
    public DateTime? DataTime { get; set; }

    public string? StreamId { get; set; }

    public string? Symbol { get; set; }

    public string Exchange { get; set; } = exchange;

    public string? OriginalData { get; set; } = originalData;

    public SocketUpdateType? UpdateType { get; set; }

    public override string ToString() => $"{StreamId} - {(Symbol is null ? "" : $"{Symbol} - ")}{UpdateType}";
}

/// <summary>An update of a websocket stream.</summary>
public class DataEvent<T>(string exchange, T data, DateTime receiveTimestamp, string? originalData)
    : DataEvent(exchange, receiveTimestamp, originalData)
{
    public T Data { get; set; } = data;
}
