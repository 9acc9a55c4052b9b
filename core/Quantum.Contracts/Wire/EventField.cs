using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Quantum.Contracts.Wire;

/// <summary>One property of an event as one flat field of its stream entry.</summary>
internal abstract class EventField<TEvent>(PropertyInfo property) where TEvent : struct
{
    public string Name { get; } = WireNames.Of(property);

    protected byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(WireNames.Of(property));

    public abstract void Write(in TEvent source, FieldBuffer target);

    /// <summary>
    /// Reads the field into the event; the fault is <see cref="DecodeFault.None"/> when that went well.
    /// </summary>
    public abstract DecodeFault Read(in EntryFields fields, int hint, ref TEvent target);
}

/// <summary>A field of one value type, read and written by a <see cref="FieldFormat{TValue}"/>.</summary>
internal sealed class EventField<TEvent, TValue>(PropertyInfo property, FieldFormat<TValue> format)
    : EventField<TEvent>(property) where TEvent : struct
{
    private delegate TValue Getter(ref TEvent source);
    private delegate void Setter(ref TEvent target, TValue value);

    private readonly Getter _get = property.GetMethod!.CreateDelegate<Getter>();
    private readonly Setter _set = property.SetMethod!.CreateDelegate<Setter>();

    public override void Write(in TEvent source, FieldBuffer target)
    {
        var value = _get(ref Unsafe.AsRef(in source));
        try
        {
            format.Write(Utf8Name, value, target);
        }
        catch (FormatException fault)
        {
            throw new FormatException($"{typeof(TEvent).Name}.{Name}: {fault.Message}", fault);
        }
    }

    public override DecodeFault Read(in EntryFields fields, int hint, ref TEvent target)
    {
        if (!fields.TryGet(Utf8Name, hint, out var text))
            return format.IsOptional ? DecodeFault.None : DecodeFault.Missing(Name);
        if (!format.TryRead(text, out var value)) return DecodeFault.Bad(Name, text, format.Expected);
        _set(ref target, value);
        return DecodeFault.None;
    }
}
