namespace Quantum.Venue.Wire;

/// <summary>What the address of a stream socket says: which group, in which form, and the first streams.</summary>
internal sealed record StreamAddress(StreamGroup Group, bool IsCombined, IReadOnlyList<string> Streams)
{
    /// <summary>
    /// Reads <c>/public/ws/a/b</c>, <c>/market/stream?streams=a/b</c>, <c>/private/ws?listenKey=…</c> and, where they
    /// are allowed, the old addresses without a group; null for any other.
    /// </summary>
    public static StreamAddress? Of(string path, IQueryCollection query, bool allowsOld)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        StreamGroup? group = parts.FirstOrDefault() switch
        {
            "public" => StreamGroup.Public,
            "market" => StreamGroup.Market,
            "private" => StreamGroup.Private,
            "ws" or "stream" when allowsOld => StreamGroup.Any,
            _ => null,
        };
        if (group is not { } known) return null;
        var form = known == StreamGroup.Any ? 0 : 1;
        if (parts.Length <= form || parts[form] is not ("ws" or "stream")) return null;
        string[] named =
        [
            .. parts.Skip(form + 1),
            .. query["streams"].ToString().Split('/', StringSplitOptions.RemoveEmptyEntries),
            .. query["listenKey"].ToString().Split('/', StringSplitOptions.RemoveEmptyEntries),
        ];
        return new StreamAddress(known, parts[form] == "stream", named);
    }
}
