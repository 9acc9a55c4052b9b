namespace Quantum.Audit;

/// <summary>A node of a cluster, as another node knows it (one line of CLUSTER NODES).</summary>
internal sealed record ClusterNode(string Id, string Host, int Port, bool IsMaster, string? MasterId, bool IsFailed)
{
    /// <summary>True on the line of the node that was asked.</summary>
    public bool IsAsked { get; private init; }

    /// <summary>Its slots from first to last, both included, from 0 to 16383.</summary>
    public IReadOnlyList<(int First, int Last)> Slots { get; private init; } = [];

    public int SlotCount => Slots.Sum(range => range.Last - range.First + 1);

    public string Address => Host.Contains(':', StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"[{Host}]:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    /// <summary>Reads the reply to CLUSTER NODES.</summary>
    /// <param name="text">The reply.</param>
    /// <param name="host">What an empty host in it means: where it was asked.</param>
    public static IReadOnlyList<ClusterNode> Read(string text, string host)
    {
        var nodes = new List<ClusterNode>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Trim().Split(' ');
            if (words.Length < 8) throw new RespProtocolException($"'{line}' is no line of CLUSTER NODES.");
            var address = words[1].Split('@')[0];
            var colon = address.LastIndexOf(':');
            if (colon < 0 || !int.TryParse(address[(colon + 1)..], CultureInfo.InvariantCulture, out var port))
                throw new RespProtocolException($"'{words[1]}' is no address of a cluster node.");
            var flags = words[2].Split(',');
            var isFailed = flags.Any(flag => flag is "fail" or "fail?" or "noaddr" or "handshake");
            nodes.Add(new ClusterNode(
                words[0], colon == 0 ? host : address[..colon].Trim('[', ']'), port, flags.Contains("master"),
                words[3] == "-" ? null : words[3], isFailed)
            {
                IsAsked = flags.Contains("myself"), Slots = [.. words[8..].Select(Range).OfType<(int, int)>()],
            });
        }

        return nodes;
    }

    // A slot on its way to another node stands in brackets, after the ranges that hold it.
    private static (int, int)? Range(string word)
    {
        if (word.StartsWith('[')) return null;
        var dash = word.IndexOf('-', StringComparison.Ordinal);
        var first = int.Parse(dash < 0 ? word : word[..dash], CultureInfo.InvariantCulture);
        return (first, dash < 0 ? first : int.Parse(word[(dash + 1)..], CultureInfo.InvariantCulture));
    }
}
