namespace StackExchange.Redis;

/// <summary>What XINFO STREAM says.</summary>
public readonly struct StreamInfo
{
    internal StreamInfo(RedisResult reply)
    {
        var map = reply.ToDictionary();
        Length = (int)map["length"];
        RadixTreeKeys = (int)map["radix-tree-keys"];
        RadixTreeNodes = (int)map["radix-tree-nodes"];
        ConsumerGroupCount = (int)map["groups"];
        FirstEntry = StreamEntry.From(map["first-entry"]);
        LastEntry = StreamEntry.From(map["last-entry"]);
        LastGeneratedId = map["last-generated-id"].Value;
        MaxDeletedEntryId = map.TryGetValue("max-deleted-entry-id", out var deleted) ? deleted.Value : RedisValue.Null;
        EntriesAdded = map.TryGetValue("entries-added", out var added) ? (long)added : -1;
        RecordedFirstEntryId =
            map.TryGetValue("recorded-first-entry-id", out var first) ? first.Value : RedisValue.Null;
    }

    public int Length { get; }

    public int RadixTreeKeys { get; }

    public int RadixTreeNodes { get; }

    public int ConsumerGroupCount { get; }

    public StreamEntry FirstEntry { get; }

    public StreamEntry LastEntry { get; }

    public RedisValue LastGeneratedId { get; }

    public RedisValue MaxDeletedEntryId { get; }

    public long EntriesAdded { get; }

    public RedisValue RecordedFirstEntryId { get; }
}
