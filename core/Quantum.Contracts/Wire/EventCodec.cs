using System.Reflection;
using System.Runtime.CompilerServices;

namespace Quantum.Contracts.Wire;

/// <summary>
/// Turns one event type into flat fields and back: always the same fields in the order of its properties, numbers as
/// invariant text, nested values as JSON, unknown as the empty text. Reading ignores fields it does not know.
/// </summary>
public sealed class EventCodec<TEvent> where TEvent : struct
{
    private delegate string? Checking(in TEvent source);

    private static readonly Checking? s_check = BindCheck();

    private readonly EventField<TEvent>[] _fields =
    [
        .. FieldFormats.MembersOf(typeof(TEvent)).SelectMany(FieldFormats.Create<TEvent>),
    ];

    private EventField<TEvent>[]? _particular;

    /// <summary>The wire names of the payload, in order.</summary>
    public IReadOnlyList<string> FieldNames => [.. _fields.Select(f => f.Name)];

    /// <summary>The payload's fields, in order, each with its type.</summary>
    public IReadOnlyList<FieldKind> Fields => [.. _fields.Select(f => new FieldKind(f.Name, f.ValueType))];

    /// <summary>
    /// Appends the payload to the buffer. Throws <see cref="FormatException"/> on an impossible event.
    /// </summary>
    public void Encode(in TEvent source, FieldBuffer target)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (FaultOf(in source) is { } fault)
            throw new FormatException($"{typeof(TEvent).Name} cannot be sent: {fault}");
        foreach (var field in _fields) field.Write(in source, target);
    }

    /// <summary>
    /// Brings an event that is handed over without being encoded into the form in which it would come back from a
    /// stream. Throws <see cref="FormatException"/> where <see cref="Encode"/> would.
    /// </summary>
    public void Pass(ref TEvent passed)
    {
        if (FaultOf(in passed) is { } fault)
            throw new FormatException($"{typeof(TEvent).Name} cannot be sent: {fault}");
        foreach (var field in _particular ??= [.. _fields.Where(field => field.IsParticular)])
            field.Pass(ref passed);
    }

    /// <summary>What about the event is impossible, in words; null when nothing is.</summary>
    public string? FaultOf(in TEvent source) => s_check is null ? null : s_check(in source);

    /// <summary>
    /// Reads the payload; <paramref name="firstField"/> is where it usually starts behind the envelope.
    /// </summary>
    public bool TryDecode(in EntryFields fields, int firstField, out TEvent decoded, out DecodeFault fault)
    {
        decoded = default;
        for (var i = 0; i < _fields.Length; i++)
        {
            fault = _fields[i].Read(in fields, firstField + i, ref decoded);
            if (!fault.IsNone) return false;
        }

        fault = FaultOf(in decoded) is { } text
            ? new DecodeFault(DecodeFaultKind.OutOfRange, text)
            : DecodeFault.None;
        return fault.IsNone;
    }

    /// <summary>Writes and reads one made-up event, so that the first real one finds its code compiled.</summary>
    internal void Rehearse()
    {
        var madeUp = (TEvent)MadeUpValue.Of(typeof(TEvent));
        var buffer = new FieldBuffer();
        foreach (var field in _fields) field.Write(in madeUp, buffer);
        TryDecode(buffer.Fields, 0, out _, out _);
    }

    // A cast to the interface would box each event: the constrained call below does not.
    private static Checking? BindCheck() => typeof(ICheckedEvent).IsAssignableFrom(typeof(TEvent))
        ? typeof(EventCodec<TEvent>).GetMethod(nameof(Call), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(typeof(TEvent)).CreateDelegate<Checking>()
        : null;

    private static string? Call<TChecked>(in TChecked checkedEvent) where TChecked : struct, ICheckedEvent =>
        Unsafe.AsRef(in checkedEvent).Fault();
}
