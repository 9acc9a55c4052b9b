namespace StackExchange.Redis;

/// <content>Commands on streams.</content>
internal sealed partial class RedisDatabase
{
    public Task<RedisValue> StreamAddAsync(
        RedisKey key,
        RedisValue streamField,
        RedisValue streamValue,
        RedisValue? messageId = null,
        long? maxLength = null,
        bool useApproximateMaxLength = false,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(
            Add(key, [new(streamField, streamValue)], messageId, maxLength, useApproximateMaxLength),
            Value,
            flags);

    public Task<RedisValue> StreamAddAsync(
        RedisKey key,
        NameValueEntry[] streamPairs,
        RedisValue? messageId = null,
        long? maxLength = null,
        bool useApproximateMaxLength = false,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(Add(key, streamPairs, messageId, maxLength, useApproximateMaxLength), Value, flags);

    public Task<long> StreamLengthAsync(
        RedisKey key,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("XLEN").Key(key), Int, flags);

    public Task<StreamEntry[]> StreamRangeAsync(
        RedisKey key,
        RedisValue? minId = null,
        RedisValue? maxId = null,
        int? count = null,
        Order messageOrder = Order.Ascending,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(Range(key, minId, maxId, count, messageOrder), StreamEntry.Many, flags);

    public Task<StreamInfo> StreamInfoAsync(
        RedisKey key,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("XINFO").Arg("STREAM").Key(key), r => new StreamInfo(r), flags);

    public Task<StreamGroupInfo[]> StreamGroupInfoAsync(
        RedisKey key,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(
            new Command("XINFO").Arg("GROUPS").Key(key),
            r => Array.ConvertAll(r.Items, i => new StreamGroupInfo(i)),
            flags);

    public Task<StreamConsumerInfo[]> StreamConsumerInfoAsync(
        RedisKey key,
        RedisValue groupName,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(
            new Command("XINFO").Arg("CONSUMERS").Key(key).Arg(groupName),
            r => Array.ConvertAll(r.Items, i => new StreamConsumerInfo(i)),
            flags);

    public Task<StreamPendingInfo> StreamPendingAsync(
        RedisKey key,
        RedisValue groupName,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("XPENDING").Key(key).Arg(groupName), r => new StreamPendingInfo(r), flags);

    public Task<StreamPendingMessageInfo[]> StreamPendingMessagesAsync(
        RedisKey key,
        RedisValue groupName,
        int count,
        RedisValue consumerName,
        RedisValue? minId = null,
        RedisValue? maxId = null,
        long? minIdleTimeInMs = null,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(
            Pending(key, groupName, count, consumerName, minId, maxId, minIdleTimeInMs),
            PendingMessages,
            flags);

    public Task<long> StreamTrimAsync(
        RedisKey key,
        long maxLength,
        bool useApproximateMaxLength = false,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(
            new Command("XTRIM").Key(key).Arg("MAXLEN").ArgIf(useApproximateMaxLength, "~").Arg(maxLength),
            Int,
            flags);

    public Task<long> StreamTrimByMinIdAsync(
        RedisKey key,
        RedisValue minId,
        bool useApproximateMaxLength = false,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(
            new Command("XTRIM").Key(key).Arg("MINID").ArgIf(useApproximateMaxLength, "~").Arg(minId),
            Int,
            flags);

    public Task<bool> StreamCreateConsumerGroupAsync(
        RedisKey key,
        RedisValue groupName,
        RedisValue? position = null,
        bool createStream = true,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(CreateGroup(key, groupName, position, createStream), True, flags);

    public Task<bool> StreamConsumerGroupSetPositionAsync(
        RedisKey key,
        RedisValue groupName,
        RedisValue position,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("XGROUP").Arg("SETID").Key(key).Arg(groupName).Arg(GroupStart(position)), True, flags);

    public Task<bool> StreamDeleteConsumerGroupAsync(
        RedisKey key,
        RedisValue groupName,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("XGROUP").Arg("DESTROY").Key(key).Arg(groupName), True, flags);

    public Task<long> StreamDeleteConsumerAsync(
        RedisKey key,
        RedisValue groupName,
        RedisValue consumerName,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("XGROUP").Arg("DELCONSUMER").Key(key).Arg(groupName).Arg(consumerName), Int, flags);

    public Task<StreamEntry[]> StreamReadAsync(
        RedisKey key,
        RedisValue position,
        int? count = null,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(Read(count, [new(key, position)]), First, flags);

    public Task<RedisStream[]> StreamReadAsync(
        StreamPosition[] streamPositions,
        int? countPerStream = null,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(Read(countPerStream, streamPositions), ByStream, flags);

    public Task<StreamEntry[]> StreamReadGroupAsync(
        RedisKey key,
        RedisValue groupName,
        RedisValue consumerName,
        RedisValue? position = null,
        int? count = null,
        bool noAck = false,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(ReadGroup(key, groupName, consumerName, position, count, noAck), First, flags);

    public Task<long> StreamAcknowledgeAsync(
        RedisKey key,
        RedisValue groupName,
        RedisValue messageId,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("XACK").Key(key).Arg(groupName).Arg(messageId), Int, flags);

    public Task<long> StreamAcknowledgeAsync(
        RedisKey key,
        RedisValue groupName,
        RedisValue[] messageIds,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("XACK").Key(key).Arg(groupName).Args(messageIds), Int, flags);

    public Task<StreamEntry[]> StreamClaimAsync(
        RedisKey key,
        RedisValue consumerGroup,
        RedisValue claimingConsumer,
        long minIdleTimeInMs,
        RedisValue[] messageIds,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(
            new Command("XCLAIM").Key(key)
                .Arg(consumerGroup).Arg(claimingConsumer).Arg(minIdleTimeInMs).Args(messageIds),
            StreamEntry.Many,
            flags);

    public Task<long> StreamDeleteAsync(
        RedisKey key,
        RedisValue[] messageIds,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("XDEL").Key(key).Args(messageIds), Int, flags);

    private static Command Add(
        RedisKey key,
        NameValueEntry[] fields,
        RedisValue? id,
        long? maxLength,
        bool approximate)
    {
        if (fields.Length == 0)
            throw new ArgumentException("A stream entry needs at least one field.", nameof(fields));
        var command = new Command("XADD").Key(key);
        if (maxLength is { } length)
            command.Arg("MAXLEN").ArgIf(approximate, "~").Arg(length);
        command.Arg(id ?? "*");
        foreach (var field in fields)
            command.Arg(field.Name).Arg(field.Value);
        return command;
    }

    private static Command Range(RedisKey key, RedisValue? minId, RedisValue? maxId, int? count, Order order)
    {
        RedisValue from = minId ?? "-", to = maxId ?? "+";
        var command = order == Order.Ascending
            ? new Command("XRANGE").Key(key).Arg(from).Arg(to)
            : new Command("XREVRANGE").Key(key).Arg(to).Arg(from);
        return count is { } limit ? command.Arg("COUNT").Arg(limit) : command;
    }

    private static Command Pending(
        RedisKey key,
        RedisValue group,
        int count,
        RedisValue consumer,
        RedisValue? minId,
        RedisValue? maxId,
        long? minIdleMs)
    {
        var command = new Command("XPENDING").Key(key).Arg(group);
        if (minIdleMs is { } idle)
            command.Arg("IDLE").Arg(idle);
        command.Arg(minId ?? "-").Arg(maxId ?? "+").Arg(count);
        return consumer.IsNull ? command : command.Arg(consumer);
    }

    private static StreamPendingMessageInfo[] PendingMessages(RedisResult reply) => Array.ConvertAll(
        reply.Items,
        item => new StreamPendingMessageInfo(item));

    private static Command CreateGroup(RedisKey key, RedisValue group, RedisValue? position, bool createStream) =>
        new Command("XGROUP").Arg("CREATE").Key(key).Arg(group)
            .Arg(GroupStart(position ?? StreamPosition.NewMessages))
            .ArgIf(createStream, "MKSTREAM");

    // A group starts at a place, so "new messages" is the end of the stream.
    private static RedisValue GroupStart(RedisValue position) => StreamPosition.ForRead(position);

    private static Command Read(int? count, StreamPosition[] positions)
    {
        var command = new Command("XREAD");
        if (count is { } limit)
            command.Arg("COUNT").Arg(limit);
        command.Arg("STREAMS");
        foreach (var position in positions)
            command.Key(position.Key);
        return command.Args(positions.Select(position => StreamPosition.ForRead(position.Position)));
    }

    private static Command ReadGroup(
        RedisKey key,
        RedisValue group,
        RedisValue consumer,
        RedisValue? position,
        int? count,
        bool noAck)
    {
        var command = new Command("XREADGROUP").Arg("GROUP").Arg(group).Arg(consumer);
        if (count is { } limit)
            command.Arg("COUNT").Arg(limit);
        return command.ArgIf(noAck, "NOACK").Arg("STREAMS").Key(key)
            .Arg(StreamPosition.ForGroup(position ?? StreamPosition.NewMessages));
    }

    private static StreamEntry[] First(RedisResult reply) => reply.IsNull ? [] : StreamEntry.Many(reply[0][1]);

    private static RedisStream[] ByStream(RedisResult reply) => reply.IsNull
        ? []
        : Array.ConvertAll(reply.Items, item => new RedisStream((RedisKey)item[0], StreamEntry.Many(item[1])));
}
