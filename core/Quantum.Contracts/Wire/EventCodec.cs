using System.Reflection;

namespace Quantum.Contracts.Wire;

/// <summary>
/// Turns one event type into flat fields and back: always the same fields in the order of its properties, numbers as
/// invariant text, nested values as JSON, unknown as the empty text. Reading ignores fields it does not know.
/// </summary>
public sealed class EventCodec<TEvent> where TEvent : struct
{
    private readonly EventField<TEvent>[] _fields =
    [
        .. typeof(TEvent).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p is { CanRead: true, CanWrite: true })
            .OrderBy(p => p.MetadataToken)
            .Select(FieldFormats.Create<TEvent>),
    ];

    /// <summary>The wire names of the payload, in order.</summary>
    public IReadOnlyList<string> FieldNames => [.. _fields.Select(f => f.Name)];

    /// <summary>Appends the payload to the buffer. Throws <see cref="FormatException"/> on an impossible event.</summary>
    public void Encode(in TEvent source, FieldBuffer target)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (source is ICheckedEvent && ((ICheckedEvent)source).Fault() is { } fault)
            throw new FormatException($"{typeof(TEvent).Name} cannot be sent: {fault}");
        foreach (var field in _fields) field.Write(in source, target);
    }

    /// <summary>Reads the payload; <paramref name="firstField"/> is where it usually starts behind the envelope.</summary>
    public bool TryDecode(in EntryFields fields, int firstField, out TEvent decoded, out DecodeFault fault)
    {
        decoded = default;
        for (var i = 0; i < _fields.Length; i++)
        {
            fault = _fields[i].Read(in fields, firstField + i, ref decoded);
            if (!fault.IsNone) return false;
        }

        fault = Check(in decoded);
        return fault.IsNone;
    }

    private static DecodeFault Check(in TEvent decoded)
    {
        if (!IsChecked) return DecodeFault.None;
        return ((ICheckedEvent)decoded).Fault() is { } text
            ? new DecodeFault(DecodeFaultKind.OutOfRange, text)
            : DecodeFault.None;
    }

    private static readonly bool IsChecked = typeof(ICheckedEvent).IsAssignableFrom(typeof(TEvent));
}
