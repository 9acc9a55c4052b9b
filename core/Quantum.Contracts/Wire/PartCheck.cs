using System.Reflection;

namespace Quantum.Contracts.Wire;

/// <summary>What of a nested value JSON cannot carry, found without writing it.</summary>
internal static class PartCheck<TValue>
{
    private static readonly Func<TValue, string?>? s_check = new PartCheck(isRead: false).Of<TValue>();
    private static readonly Func<TValue, string?>? s_checkRead = new PartCheck(isRead: true).Of<TValue>();

    /// <summary>In words; null when nothing is.</summary>
    public static string? FaultOf(TValue value) => s_check?.Invoke(value);

    /// <summary>The same for a value that was read, whose numbers are within <see cref="WireLimits"/>.</summary>
    public static string? FaultOfRead(TValue value) => s_checkRead?.Invoke(value);
}

/// <summary>Builds the checks of nested values by their types; none where every value can be carried.</summary>
/// <param name="isRead">Whether numbers must be within the limits of what is read.</param>
internal sealed class PartCheck(bool isRead)
{
    public Func<TValue, string?>? Of<TValue>()
    {
        var type = typeof(TValue);
        if (typeof(TValue) == typeof(string)) return static value => value is null ? "a text is null" : null;
        var most = isRead ? WireLimits.Double : double.MaxValue;
        if (typeof(TValue) == typeof(double)) return Cast<TValue, double>(
            value => Math.Abs(value) <= most ? null : $"{value} is no number that may be");
        if (typeof(TValue) == typeof(double?)) return Cast<TValue, double?>(
            value => value is null || Math.Abs(value.Value) <= most ? null : $"{value} is no number that may be");
        if (isRead && OfLimited<TValue>() is { } limited) return limited;
        if (typeof(TValue) == typeof(Symbol)) return Cast<TValue, Symbol>(
            static value => value.IsEmpty ? "the symbol is empty" : null);
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsPrimitive || plain.IsEnum || plain == typeof(decimal)) return null;
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(WireList<>)
            ? Make<TValue>(nameof(OfList), type.GetGenericArguments())
            : OfMembers<TValue>();
    }

    private static Func<TValue, string?>? OfLimited<TValue>()
    {
        if (typeof(TValue) == typeof(decimal)) return Cast<TValue, decimal>(
            static value => Math.Abs(value) <= WireLimits.Decimal ? null : $"{value} is too large");
        if (typeof(TValue) == typeof(decimal?)) return Cast<TValue, decimal?>(
            static value => value is null || Math.Abs(value.Value) <= WireLimits.Decimal ? null
                : $"{value} is too large");
        if (typeof(TValue) == typeof(long)) return Cast<TValue, long>(
            static value => value is >= -WireLimits.Long and <= WireLimits.Long ? null : $"{value} is too large");
        return typeof(TValue) == typeof(int)
            ? Cast<TValue, int>(
                static value => value is >= -WireLimits.Int and <= WireLimits.Int ? null : $"{value} is too large")
            : null;
    }

    private Func<WireList<TItem>, string?>? OfList<TItem>()
    {
        var check = Of<TItem>();
        return list =>
        {
            for (var i = 0; i < list.Count; i++)
            {
                if (list[i] is null) return "a list element is null";
                if (check?.Invoke(list[i]) is { } fault) return fault;
            }

            return null;
        };
    }

    private Func<TOwner, string?> OfMembers<TOwner>()
    {
        var checks = FieldFormats.MembersOf(typeof(TOwner))
            .Select(member => Make<TOwner>(nameof(OfMember), [typeof(TOwner), member.PropertyType], member))
            .OfType<Func<TOwner, string?>>().ToArray();
        return owner =>
        {
            foreach (var check in checks)
                if (check(owner) is { } fault) return fault;
            return null;
        };
    }

    private Func<TOwner, string?>? OfMember<TOwner, TMember>(PropertyInfo member)
    {
        if (Of<TMember>() is not { } check) return null;
        Func<TOwner, TMember> get = typeof(TOwner).IsValueType
            ? owner => (TMember)member.GetValue(owner)!
            : member.GetMethod!.CreateDelegate<Func<TOwner, TMember>>();
        return owner => check(get(owner)) is { } fault ? $"{WireNames.Of(member)}: {fault}" : null;
    }

    private static Func<TValue, string?> Cast<TValue, TKnown>(Func<TKnown, string?> check) =>
        (Func<TValue, string?>)(object)check;

    private Func<TValue, string?>? Make<TValue>(string name, Type[] types, params object[] given) =>
        (Func<TValue, string?>?)typeof(PartCheck).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Instance)!
            .MakeGenericMethod(types).Invoke(this, given);
}
