namespace Quantum.Audit;

/// <summary>Which catalog stream a key belongs to.</summary>
public static class StreamKind
{
    public static EventStream? Of(string key)
    {
        if (!key.StartsWith(EventStream.KeyPrefix, StringComparison.Ordinal)) return null;
        var name = key[EventStream.KeyPrefix.Length..];
        var tag = name.IndexOf(":{", StringComparison.Ordinal);
        return StreamCatalog.Find(tag < 0 ? name : name[..tag]);
    }

    public static string? NameOf(string key) => Of(key)?.Name;
}
