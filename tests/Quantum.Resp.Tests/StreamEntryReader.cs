using Quantum.Contracts.Units;

using Quantum.Resp;

namespace Quantum.Resp.Tests;

/// <summary>
/// Walks the entries of a reply in one pass without copying: streams (XREAD, XREADGROUP), entries, fields. Each step
/// passes over what is left of the level below.
/// </summary>
internal ref struct StreamEntryReader
{
    private RespReader _reader;
    private int _streamsLeft;
    private int _entriesLeft;
    private int _valuesLeft;

    private StreamEntryReader(RespReader reader) => _reader = reader;

    /// <summary>The id of the entry.</summary>
    public EntryId Id { get; private set; }

    /// <summary>
    /// False when the entry is pending in its group but trimmed or deleted from the stream: its body is nil.
    /// </summary>
    public bool HasBody { get; private set; }

    /// <summary>Fields of the entry, 0 or more.</summary>
    public int FieldCount { get; private set; }

    /// <summary>Entries of the current stream that are not read yet.</summary>
    public readonly int EntriesLeft => _entriesLeft;

    /// <summary>
    /// Over a reply of XREAD or XREADGROUP; nil (nothing came in time) has no streams. Throws server errors.
    /// </summary>
    public static StreamEntryReader OverStreams(RespReader reply)
    {
        var streams = reply.ReadArray();
        return new StreamEntryReader(reply) { _streamsLeft = Math.Max(streams, 0) };
    }

    /// <summary>Over a reply of XRANGE, or of a script that gives an array of entries. Throws server errors.</summary>
    public static StreamEntryReader OverEntries(RespReader reply)
    {
        var entries = reply.ReadArray();
        return new StreamEntryReader(reply) { _entriesLeft = Math.Max(entries, 0) };
    }

    /// <summary>Goes to the next stream.</summary>
    public bool NextStream(out ReadOnlySpan<byte> key)
    {
        PassEntry();
        while (_entriesLeft > 0)
        {
            _reader.Skip();
            _entriesLeft--;
        }

        key = default;
        if (_streamsLeft == 0) return false;
        _streamsLeft--;
        if (_reader.ReadArray() != 2) throw Shape("a stream is not a pair of key and entries");
        key = _reader.ReadBytes();
        _entriesLeft = Math.Max(_reader.ReadArray(), 0);
        return true;
    }

    /// <summary>Goes to the next entry of the stream.</summary>
    public bool NextEntry()
    {
        PassEntry();
        if (_entriesLeft == 0) return false;
        _entriesLeft--;
        if (_reader.ReadArray() != 2) throw Shape("an entry is not a pair of id and fields");
        Id = _reader.ReadId();
        var values = _reader.ReadArray();
        if (values > 0 && (values & 1) != 0) throw Shape("an entry has a field without value");
        HasBody = values >= 0;
        _valuesLeft = Math.Max(values, 0);
        FieldCount = _valuesLeft / 2;
        return true;
    }

    /// <summary>Goes to the next field of the entry.</summary>
    public bool NextField(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        if (_valuesLeft == 0)
        {
            name = default;
            value = default;
            return false;
        }

        _valuesLeft -= 2;
        name = _reader.ReadBytes();
        value = _reader.ReadBytes();
        return true;
    }

    private void PassEntry()
    {
        for (; _valuesLeft > 0; _valuesLeft--) _reader.Skip();
    }

    private static RespProtocolException Shape(string what) =>
        new($"A reply with stream entries has another shape: {what}.");
}
