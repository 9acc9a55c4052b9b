using System.Buffers;

namespace Quantum.Venue.Accounts;

/// <summary>What a fill adds to an order's event.</summary>
internal readonly record struct FillPart(
    long Id, decimal Price, decimal Quantity, decimal FeeUsd, decimal RealizedUsd, bool IsMaker);

/// <summary>Writes the events of the user stream; nothing is written that nobody hears.</summary>
internal sealed class UserEvents(UserStream stream) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _body = new(1024);
    private readonly Utf8JsonWriter _json = new(new ArrayBufferWriter<byte>(1), new() { SkipValidation = true });

    /// <summary>An order changed.</summary>
    /// <param name="order">As it is now.</param>
    /// <param name="execution">NEW, TRADE, CANCELED, EXPIRED, AMENDMENT or CALCULATED.</param>
    /// <param name="fill">The fill, if it was one.</param>
    /// <param name="open">Notional of the symbol's open buys and sales, USD.</param>
    /// <param name="atMs">UTC epoch ms.</param>
    public void Order(
        Order order, string execution, FillPart? fill, (decimal BidsUsd, decimal AsksUsd) open, long atMs)
    {
        if (!stream.IsHeard) return;
        Begin("ORDER_TRADE_UPDATE"u8, atMs);
        _json.WriteStartObject("o"u8);
        _json.WriteString("s"u8, order.Symbol.Name);
        _json.WriteString("c"u8, order.ClientId);
        _json.WriteString("S"u8, Words.Of(order.Side));
        _json.WriteString("o"u8, order.Type);
        _json.WriteString("f"u8, order.TimeInForce);
        _json.Plain("q"u8, order.Quantity);
        _json.Plain("p"u8, order.Price);
        _json.Plain("ap"u8, order.AveragePrice);
        _json.Plain("sp"u8, order.StopPrice);
        _json.WriteString("x"u8, execution);
        _json.WriteString("X"u8, order.Status);
        _json.WriteNumber("i"u8, order.Id);
        _json.Plain("l"u8, fill?.Quantity ?? 0);
        _json.Plain("z"u8, order.Executed);
        _json.Plain("L"u8, fill?.Price ?? 0);
        _json.Plain("n"u8, fill?.FeeUsd ?? 0);
        _json.WriteString("N"u8, Words.Asset);
        _json.WriteNumber("T"u8, atMs);
        _json.WriteNumber("t"u8, fill?.Id ?? 0);
        _json.Plain("b"u8, open.BidsUsd);
        _json.Plain("a"u8, open.AsksUsd);
        _json.WriteBoolean("m"u8, fill?.IsMaker ?? false);
        _json.WriteBoolean("R"u8, order.ReduceOnly);
        _json.WriteString("wt"u8, order.WorkingType);
        _json.WriteString("ot"u8, order.OriginalType);
        _json.WriteString("ps"u8, Words.Both);
        _json.WriteBoolean("cp"u8, order.ClosePosition);
        _json.Plain("rp"u8, fill?.RealizedUsd ?? 0);
        _json.WriteBoolean("pP"u8, order.PriceProtect);
        _json.WriteNumber("si"u8, 0);
        _json.WriteNumber("ss"u8, 0);
        _json.WriteString("V"u8, Words.SelfTrade);
        _json.WriteString("pm"u8, Words.None);
        _json.WriteNumber("gtd"u8, 0);
        _json.WriteString("er"u8, "0"u8);
        _json.WriteEndObject();
        End();
    }

    /// <summary>The short form of a fill, which comes before the long one.</summary>
    public void TradeLite(Order order, in FillPart fill, long atMs)
    {
        if (!stream.IsHeard) return;
        Begin("TRADE_LITE"u8, atMs);
        _json.WriteString("s"u8, order.Symbol.Name);
        _json.Plain("q"u8, order.Quantity);
        _json.Plain("p"u8, order.Price);
        _json.WriteBoolean("m"u8, fill.IsMaker);
        _json.WriteString("c"u8, order.ClientId);
        _json.WriteString("S"u8, Words.Of(order.Side));
        _json.Plain("L"u8, fill.Price);
        _json.Plain("l"u8, fill.Quantity);
        _json.WriteNumber("t"u8, fill.Id);
        _json.WriteNumber("i"u8, order.Id);
        End();
    }

    /// <summary>Balance and one position, or the balance alone.</summary>
    /// <param name="cause">ORDER, FUNDING_FEE, MARGIN_TRANSFER or ADJUSTMENT.</param>
    /// <param name="crossUsd">What of it no isolated position holds.</param>
    /// <param name="changeUsd">What was moved, besides PnL and fee.</param>
    /// <param name="position">The changed position, or null.</param>
    /// <param name="atMs">UTC epoch ms.</param>
    public void Account(
        string cause, decimal walletUsd, decimal crossUsd, decimal changeUsd, PositionView? position, long atMs)
    {
        if (!stream.IsHeard) return;
        Begin("ACCOUNT_UPDATE"u8, atMs);
        _json.WriteStartObject("a"u8);
        _json.WriteStartArray("B"u8);
        _json.WriteStartObject();
        _json.WriteString("a"u8, Words.Asset);
        _json.Money("wb"u8, walletUsd);
        _json.Money("cw"u8, crossUsd);
        _json.Plain("bc"u8, changeUsd);
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteStartArray("P"u8);
        if (position is not null) Position(position);
        _json.WriteEndArray();
        _json.WriteString("m"u8, cause);
        _json.WriteEndObject();
        End();
    }

    /// <summary>A conditional order changed.</summary>
    public void Conditional(Conditional order, long atMs)
    {
        if (!stream.IsHeard) return;
        Begin("ALGO_UPDATE"u8, atMs);
        _json.WriteStartObject("o"u8);
        _json.WriteString("caid"u8, order.ClientId);
        _json.WriteNumber("aid"u8, order.Id);
        _json.WriteString("at"u8, Words.Conditional);
        _json.WriteString("o"u8, order.Type);
        _json.WriteString("s"u8, order.Symbol.Name);
        _json.WriteString("S"u8, Words.Of(order.Side));
        _json.WriteString("ps"u8, Words.Both);
        _json.WriteString("f"u8, order.TimeInForce);
        _json.Plain("q"u8, order.Quantity);
        _json.WriteString("X"u8, order.Status);
        WriteActual(order);
        _json.Plain("tp"u8, order.TriggerPrice);
        _json.Plain("p"u8, order.Price);
        _json.WriteString("V"u8, Words.SelfTrade);
        _json.WriteString("wt"u8, order.WorkingType);
        _json.WriteString("pm"u8, Words.None);
        _json.WriteBoolean("cp"u8, order.ClosePosition);
        _json.WriteBoolean("pP"u8, order.PriceProtect);
        _json.WriteBoolean("R"u8, order.ReduceOnly);
        _json.WriteNumber("tt"u8, order.TriggeredMs);
        _json.WriteNumber("gtd"u8, 0);
        if (order.Reason is not null) _json.WriteString("rm"u8, order.Reason);
        _json.WriteEndObject();
        End();
    }

    /// <summary>Positions come near their liquidation.</summary>
    public void MarginCall(decimal crossUsd, IReadOnlyList<PositionView> positions, long atMs)
    {
        if (!stream.IsHeard) return;
        Begin("MARGIN_CALL"u8, atMs);
        _json.Money("cw"u8, crossUsd);
        _json.WriteStartArray("p"u8);
        foreach (var position in positions)
        {
            _json.WriteStartObject();
            _json.WriteString("s"u8, position.Symbol.Name);
            _json.WriteString("ps"u8, Words.Both);
            _json.Plain("pa"u8, position.Quantity);
            _json.WriteString("mt"u8, position.IsIsolated ? "ISOLATED"u8 : "CROSSED"u8);
            _json.Money("iw"u8, position.IsolatedUsd);
            _json.Plain("mp"u8, position.MarkPrice);
            _json.Money("up"u8, position.UnrealizedUsd);
            _json.Money("mm"u8, position.MaintenanceUsd);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        End();
    }

    /// <summary>A symbol's leverage changed.</summary>
    public void Leverage(string symbol, int leverage, long atMs)
    {
        if (!stream.IsHeard) return;
        Begin("ACCOUNT_CONFIG_UPDATE"u8, atMs);
        _json.WriteStartObject("ac"u8);
        _json.WriteString("s"u8, symbol);
        _json.WriteNumber("l"u8, leverage);
        _json.WriteEndObject();
        End();
    }

    /// <summary>The listen key died.</summary>
    public void ListenKeyExpired(string listenKey, long atMs)
    {
        if (!stream.IsHeard) return;
        Begin("listenKeyExpired"u8, atMs);
        _json.WriteString("listenKey"u8, listenKey);
        End();
    }

    public void Dispose() => _json.Dispose();

    private void WriteActual(Conditional order)
    {
        if (order.Actual is not { } actual)
        {
            _json.WriteString("ai"u8, ""u8);
            return;
        }

        Span<byte> id = stackalloc byte[20];
        actual.Id.TryFormat(id, out var length);
        _json.WriteString("ai"u8, id[..length]);
        _json.Plain("ap"u8, actual.AveragePrice);
        _json.Plain("aq"u8, actual.Executed);
        _json.WriteString("act"u8, actual.Type);
    }

    private void Position(PositionView position)
    {
        _json.WriteStartObject();
        _json.WriteString("s"u8, position.Symbol.Name);
        _json.Plain("pa"u8, position.Quantity);
        _json.Plain("ep"u8, position.EntryPrice);
        _json.Money("cr"u8, position.RealizedUsd);
        _json.Money("up"u8, position.UnrealizedUsd);
        _json.WriteString("mt"u8, position.IsIsolated ? "isolated"u8 : "cross"u8);
        _json.Money("iw"u8, position.IsolatedUsd);
        _json.WriteString("ps"u8, Words.Both);
        _json.WriteString("ma"u8, Words.Asset);
        _json.Plain("bep"u8, position.BreakEvenPrice);
        _json.WriteEndObject();
    }

    private void Begin(ReadOnlySpan<byte> name, long atMs)
    {
        _body.ResetWrittenCount();
        _json.Reset(_body);
        _json.WriteStartObject();
        _json.WriteString("e"u8, name);
        _json.WriteNumber("T"u8, atMs);
        _json.WriteNumber("E"u8, atMs);
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        stream.Tell(_body.WrittenSpan.ToArray());
    }
}
