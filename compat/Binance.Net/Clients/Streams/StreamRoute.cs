using System.Text.Json;
using Binance.Net.Clients.Rest;

namespace Binance.Net.Clients.Streams;

/// <summary>Where the frames of a stream or of a kind of event go.</summary>
internal abstract class StreamRoute
{
    /// <summary>Reads the data and hands it on; exceptions of the receiver pass.</summary>
    /// <exception cref="UnreadableUpdateException">Nothing was handed on.</exception>
    public abstract void Handle(ReadOnlySpan<byte> data, string stream, DateTime receivedAt, string? original);
}

/// <summary>An update that is not what its route expects.</summary>
internal sealed class UnreadableUpdateException(Exception inner) : Exception(inner.Message, inner);

/// <param name="onUpdate">Null drops the updates.</param>
/// <param name="timeOf">When the exchange says that it happened.</param>
internal sealed class StreamRoute<TModel, TUpdate>(
    Action<DataEvent<TUpdate>>? onUpdate, Func<TModel, DateTime> timeOf, Func<TModel, string?>? symbolOf = null)
    : StreamRoute
    where TModel : class, TUpdate
{
    public SocketUpdateType? UpdateType { get; init; }

    /// <summary>Tells the update its stream.</summary>
    public Action<TModel, string>? Prepare { get; init; }

    public override void Handle(ReadOnlySpan<byte> data, string stream, DateTime receivedAt, string? original)
    {
        if (onUpdate is null) return;
        var model = Read(data);
        Prepare?.Invoke(model, stream);
        var time = timeOf(model);
        onUpdate(new(RestTransport.Exchange, model, receivedAt, original)
        {
            StreamId = stream,
            Symbol = symbolOf?.Invoke(model),
            DataTime = time == default ? null : time,
            UpdateType = UpdateType,
        });
    }

    private static TModel Read(ReadOnlySpan<byte> data)
    {
        try
        {
            return JsonSerializer.Deserialize<TModel>(data, Json.Options)
                ?? throw new JsonException("There is no data.");
        }
        catch (Exception e)
            when (e is JsonException or FormatException or OverflowException or InvalidOperationException)
        {
            throw new UnreadableUpdateException(e);
        }
    }
}
