using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Quantum.Contracts.Flow;

/// <summary>
/// Copies a value of a type with everything that can change in it, fields that nobody writes down included. Known are
/// values without references, the system's own sealed classes and structs, arrays, lists, queues, dictionaries and
/// sorted lists of those; a type that holds anything else, or itself, is not copied.
/// </summary>
internal static class DeepCopy<TValue>
{
    /// <summary>True when nothing in a value ever changes: it is its own copy.</summary>
    public static readonly bool IsFixed = DeepCopy.IsFixed(typeof(TValue));

    /// <summary>Null when the type cannot be copied.</summary>
    public static readonly Func<TValue, TValue>? Make =
        IsFixed ? static value => value : (Func<TValue, TValue>?)DeepCopy.MakerOf(typeof(TValue));
}

/// <summary>How the copies of a type are made.</summary>
internal static class DeepCopy
{
    private const BindingFlags Own =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly MethodInfo s_shallow =
        typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!;

    public static bool IsFixed(Type type)
    {
        if (type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal)) return true;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(WireList<>))
            return IsFixed(type.GetGenericArguments()[0]);
        return (type.IsValueType || NeverChanges(type))
            && Array.TrueForAll(FieldsOf(type), static field => IsFixed(field.FieldType));
    }

    public static Delegate? MakerOf(Type type)
    {
        if (type.IsSZArray) return Through(nameof(Elements), type.GetElementType()!);
        if (!type.IsGenericType) return IsOurs(type) ? FieldByField(type) : null;
        var kind = type.GetGenericTypeDefinition();
        var parts = type.GetGenericArguments();
        if (kind == typeof(List<>)) return Through(nameof(Listed), parts[0]);
        if (kind == typeof(Queue<>)) return Through(nameof(Queued), parts[0]);
        if (kind == typeof(Dictionary<,>) && IsFixed(parts[0])) return Through(nameof(Keyed), parts[0], parts[1]);
        if (kind == typeof(SortedList<,>) && IsFixed(parts[0])) return Through(nameof(Sorted), parts[0], parts[1]);
        return kind == typeof(Nullable<>) || IsOurs(type) ? FieldByField(type) : null;
    }

    // A class of plain members, each set once. An array, which counts as a class of ours too, is none.
    private static bool NeverChanges(Type type) => !type.IsArray && IsOurs(type) && Array.TrueForAll(
        FieldsOf(type),
        static field => field.IsInitOnly && (field.FieldType == typeof(string) || field.FieldType.IsValueType));

    private static bool IsOurs(Type type) =>
        type.Namespace?.StartsWith("Quantum.", StringComparison.Ordinal) == true && (type.IsSealed || type.IsValueType);

    private static FieldInfo[] FieldsOf(Type type)
    {
        var fields = new List<FieldInfo>();
        for (var owner = type; owner is not null && owner != typeof(object); owner = owner.BaseType)
            fields.AddRange(owner.GetFields(Own));
        return [.. fields];
    }

    // Fields that only a constructor may set are copied too, which no expression tree could.
    private static Delegate? FieldByField(Type type)
    {
        FieldInfo[] changing = [.. FieldsOf(type).Where(static field => !IsFixed(field.FieldType))];
        if (Array.Exists(changing, static field => MakeOf(field.FieldType).GetValue(null) is null)) return null;
        var method = new DynamicMethod(
            $"copy {type.Name}", type, [type], typeof(DeepCopy).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        var copy = il.DeclareLocal(type);
        il.Emit(OpCodes.Ldarg_0);
        if (!type.IsValueType)
        {
            var isThere = il.DefineLabel();
            il.Emit(OpCodes.Brtrue, isThere);
            il.Emit(OpCodes.Ldnull);
            il.Emit(OpCodes.Ret);
            il.MarkLabel(isThere);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Call, s_shallow);
            il.Emit(OpCodes.Castclass, type);
        }

        il.Emit(OpCodes.Stloc, copy);
        foreach (var field in changing)
        {
            var place = type.IsValueType ? OpCodes.Ldloca : OpCodes.Ldloc;
            il.Emit(place, copy);
            il.Emit(OpCodes.Ldsfld, MakeOf(field.FieldType));
            il.Emit(place, copy);
            il.Emit(OpCodes.Ldfld, field);
            il.Emit(OpCodes.Callvirt, CopyingOf(field.FieldType).GetMethod("Invoke")!);
            il.Emit(OpCodes.Stfld, field);
        }

        il.Emit(OpCodes.Ldloc, copy);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate(CopyingOf(type));
    }

    private static Type CopyingOf(Type type) => typeof(Func<,>).MakeGenericType(type, type);

    private static FieldInfo MakeOf(Type type) =>
        typeof(DeepCopy<>).MakeGenericType(type).GetField(nameof(DeepCopy<>.Make))!;

    private static Delegate? Through(string way, params Type[] parts)
    {
        // Only a value is changed in place: a key is fixed.
        if (MakeOf(parts[^1]).GetValue(null) is null) return null;
        var method = typeof(DeepCopy).GetMethod(way, BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(parts);
        return method.CreateDelegate(CopyingOf(method.ReturnType));
    }

    private static TItem[] Elements<TItem>(TItem[] items)
    {
        if (items is null) return null!;
        var copy = (TItem[])items.Clone();
        CopyEach(copy.AsSpan());
        return copy;
    }

    private static List<TItem> Listed<TItem>(List<TItem> items)
    {
        if (items is null) return null!;
        var copy = new List<TItem>(items);
        CopyEach(CollectionsMarshal.AsSpan(copy));
        return copy;
    }

    private static Queue<TItem> Queued<TItem>(Queue<TItem> items) =>
        items is null ? null! : new Queue<TItem>(Elements(items.ToArray()));

    private static Dictionary<TKey, TItem> Keyed<TKey, TItem>(Dictionary<TKey, TItem> items) where TKey : notnull
    {
        if (items is null) return null!;
        var copy = new Dictionary<TKey, TItem>(items, items.Comparer);
        if (DeepCopy<TItem>.IsFixed) return copy;
        foreach (var key in items.Keys)
        {
            ref var item = ref CollectionsMarshal.GetValueRefOrNullRef(copy, key);
            if (!Unsafe.IsNullRef(ref item)) item = DeepCopy<TItem>.Make!(item);
        }

        return copy;
    }

    private static SortedList<TKey, TItem> Sorted<TKey, TItem>(SortedList<TKey, TItem> items) where TKey : notnull
    {
        if (items is null) return null!;
        var copy = new SortedList<TKey, TItem>(items, items.Comparer);
        if (DeepCopy<TItem>.IsFixed) return copy;
        for (var i = 0; i < copy.Count; i++) copy.SetValueAtIndex(i, DeepCopy<TItem>.Make!(copy.GetValueAtIndex(i)));
        return copy;
    }

    private static void CopyEach<TItem>(Span<TItem> items)
    {
        if (DeepCopy<TItem>.IsFixed) return;
        foreach (ref var item in items) item = DeepCopy<TItem>.Make!(item);
    }
}
