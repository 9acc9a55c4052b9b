using System.Reflection;
using System.Runtime.CompilerServices;

namespace Quantum.Contracts.Wire;

/// <summary>One property of an event as one flat field of its stream entry.</summary>
internal abstract class EventField<TEvent>(PropertyInfo property) where TEvent : struct
{
    private readonly byte[] _utf8Name = Encoding.UTF8.GetBytes(WireNames.Of(property));

    public string Name { get; } = WireNames.Of(property);

    /// <summary>What its value is, null aside.</summary>
    public Type ValueType { get; } = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    public abstract void Write(in TEvent source, FieldBuffer target);

    /// <summary>True when its values may not pass as they are.</summary>
    public abstract bool IsParticular { get; }

    /// <summary>Brings the field into the form in which it would come back from a stream.</summary>
    public abstract void Pass(ref TEvent passed);

    /// <summary>
    /// Reads the field into the event; the fault is <see cref="DecodeFault.None"/> when that went well.
    /// </summary>
    public abstract DecodeFault Read(in EntryFields fields, int hint, ref TEvent target);

    protected void Write<TValue>(FieldFormat<TValue> format, TValue value, FieldBuffer target)
    {
        try
        {
            format.Write(_utf8Name, value, target);
        }
        catch (FormatException fault)
        {
            throw new FormatException($"{typeof(TEvent).Name}.{Name}: {fault.Message}", fault);
        }
    }

    protected TValue Pass<TValue>(FieldFormat<TValue> format, TValue value)
    {
        try
        {
            return format.Pass(value);
        }
        catch (FormatException fault)
        {
            throw new FormatException($"{typeof(TEvent).Name}.{Name}: {fault.Message}", fault);
        }
    }

    /// <summary>False when there is nothing to set: on a fault, or where a field that may be left out is.</summary>
    protected bool TryRead<TValue>(
        FieldFormat<TValue> format, in EntryFields fields, int hint, out TValue value, out DecodeFault fault)
    {
        value = default!;
        fault = DecodeFault.None;
        if (!fields.TryGet(_utf8Name, hint, out var text))
        {
            if (!format.IsOptional) fault = DecodeFault.Missing(Name);
            return false;
        }

        if (format.TryRead(text, out value)) return true;
        fault = DecodeFault.Bad(Name, text, format.Expected);
        return false;
    }
}

/// <summary>A field of one value type, read and written by a <see cref="FieldFormat{TValue}"/>.</summary>
internal sealed class EventField<TEvent, TValue>(PropertyInfo property, FieldFormat<TValue> format)
    : EventField<TEvent>(property) where TEvent : struct
{
    private readonly MemberOf<TEvent, TValue> _member = new(property);

    public override bool IsParticular => format.IsParticular;

    public override void Write(in TEvent source, FieldBuffer target) =>
        Write(format, _member.Get(ref Unsafe.AsRef(in source)), target);

    public override void Pass(ref TEvent passed)
    {
        var value = _member.Get(ref passed);
        var same = Pass(format, value);
        // Only an empty text comes back as another value.
        if (value is string && same is null) _member.Set(ref passed, same);
    }

    public override DecodeFault Read(in EntryFields fields, int hint, ref TEvent target)
    {
        if (TryRead(format, in fields, hint, out var value, out var fault)) _member.Set(ref target, value);
        return fault;
    }
}

/// <summary>A field that is a member of a part of the event: read and written through a copy of the part.</summary>
internal sealed class FlatField<TEvent, TPart, TValue>(
    PropertyInfo part, PropertyInfo property, FieldFormat<TValue> format)
    : EventField<TEvent>(property) where TEvent : struct where TPart : struct
{
    private readonly MemberOf<TEvent, TPart> _part = new(part);
    private readonly MemberOf<TPart, TValue> _member = new(property);

    public override bool IsParticular => format.IsParticular;

    public override void Pass(ref TEvent passed)
    {
        var copy = _part.Get(ref passed);
        var value = _member.Get(ref copy);
        var same = Pass(format, value);
        if (value is not string || same is not null) return;
        _member.Set(ref copy, same);
        _part.Set(ref passed, copy);
    }

    public override void Write(in TEvent source, FieldBuffer target)
    {
        var copy = _part.Get(ref Unsafe.AsRef(in source));
        Write(format, _member.Get(ref copy), target);
    }

    public override DecodeFault Read(in EntryFields fields, int hint, ref TEvent target)
    {
        if (!TryRead(format, in fields, hint, out var value, out var fault)) return fault;
        var copy = _part.Get(ref target);
        _member.Set(ref copy, value);
        _part.Set(ref target, copy);
        return fault;
    }
}

/// <summary>Getter and setter of a struct's property, without boxing.</summary>
internal sealed class MemberOf<TOwner, TValue>(PropertyInfo property) where TOwner : struct
{
    internal delegate TValue Getter(ref TOwner source);
    internal delegate void Setter(ref TOwner target, TValue value);

    public Getter Get { get; } = property.GetMethod!.CreateDelegate<Getter>();

    public Setter Set { get; } = property.SetMethod!.CreateDelegate<Setter>();
}
