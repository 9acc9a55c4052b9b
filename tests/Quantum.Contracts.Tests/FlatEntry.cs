using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Tests;

/// <summary>The fields of one entry as texts, to be bent by a test and read again.</summary>
public sealed class FlatEntry
{
    public static readonly EntryId Id = new(1_766_552_540_000, 0);

    private readonly List<(string Name, string Value)> _fields = [];

    public FlatEntry(params (string Name, string Value)[] fields) => _fields.AddRange(fields);

    public IReadOnlyList<(string Name, string Value)> All => _fields;

    public static FlatEntry Of<TEvent>(EventStream<TEvent> stream, TEvent payload) where TEvent : struct
    {
        var buffer = new FieldBuffer();
        stream.Encode(SampleEnvelope(stream), payload, buffer);
        return Read(buffer.Fields);
    }

    public static Envelope SampleEnvelope(EventStream stream) => new()
    {
        EventId = "1766552530000-0.trading_bot.0"u8,
        AtMs = 1_766_552_539_123,
        Source = "trading_bot"u8,
        Mode = TradingMode.Paper,
        Version = stream.SchemaVersion,
        CorrelationId = "kline-1"u8,
        CausationId = "1766552530000-0"u8,
        TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"u8,
    };

    public static FlatEntry Read(in EntryFields fields)
    {
        var entry = new FlatEntry();
        for (var i = 0; i < fields.Count; i++)
            entry._fields.Add((Encoding.UTF8.GetString(fields.Name(i)), Encoding.UTF8.GetString(fields.Value(i))));
        return entry;
    }

    public FlatEntry With(string name, string value)
    {
        var at = _fields.FindIndex(f => f.Name == name);
        if (at < 0) _fields.Add((name, value));
        else _fields[at] = (name, value);
        return this;
    }

    public FlatEntry Without(string name)
    {
        Assert.Equal(1, _fields.RemoveAll(f => f.Name == name));
        return this;
    }

    public FlatEntry Reversed()
    {
        _fields.Reverse();
        return this;
    }

    public FieldBuffer ToBuffer()
    {
        var buffer = new FieldBuffer();
        foreach (var (name, value) in _fields)
            buffer.Add(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));
        return buffer;
    }

    public bool TryDecode<TEvent>(EventStream<TEvent> stream, out TEvent decoded, out DecodeFault fault)
        where TEvent : struct => stream.TryDecode(ToBuffer().Fields, Id, out _, out decoded, out fault);

    public TEvent Decode<TEvent>(EventStream<TEvent> stream) where TEvent : struct
    {
        Assert.True(TryDecode(stream, out var decoded, out var fault), fault.ToString());
        return decoded;
    }

    public DecodeFault FaultOf<TEvent>(EventStream<TEvent> stream) where TEvent : struct
    {
        Assert.False(TryDecode(stream, out _, out var fault), "it was read though it must not be");
        Assert.False(fault.IsNone);
        return fault;
    }
}
