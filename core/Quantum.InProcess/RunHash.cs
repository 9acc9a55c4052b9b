using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Quantum.InProcess;

/// <summary>A running SHA-256 over what was appended: stream, id and every field with its length, in order.</summary>
internal sealed class RunHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Dictionary<string, byte[]> _names = new(StringComparer.Ordinal);
    private byte[] _lengths = new byte[512];

    public string Text => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Add(string streamKey, StoredEntry entry)
    {
        if (!_names.TryGetValue(streamKey, out var name)) _names[streamKey] = name = Encoding.UTF8.GetBytes(streamKey);
        var fields = entry.Fields;
        if (_lengths.Length < 24 + 8 * fields.Count) _lengths = new byte[48 + 16 * fields.Count];
        BinaryPrimitives.WriteInt64LittleEndian(_lengths, entry.Id.Ms);
        BinaryPrimitives.WriteInt64LittleEndian(_lengths.AsSpan(8), entry.Id.Sequence);
        BinaryPrimitives.WriteInt32LittleEndian(_lengths.AsSpan(16), name.Length);
        BinaryPrimitives.WriteInt32LittleEndian(_lengths.AsSpan(20), fields.Count);
        var at = 24;
        for (var i = 0; i < fields.Count; i++, at += 8)
        {
            BinaryPrimitives.WriteInt32LittleEndian(_lengths.AsSpan(at), fields.Name(i).Length);
            BinaryPrimitives.WriteInt32LittleEndian(_lengths.AsSpan(at + 4), fields.Value(i).Length);
        }

        _hash.AppendData(_lengths, 0, at);
        _hash.AppendData(name);
        _hash.AppendData(entry.Bytes);
    }

    public void Dispose() => _hash.Dispose();
}
