namespace StackExchange.Redis;

/// <content>Commands on streams.</content>
public partial interface IDatabaseAsync
{
    Task<RedisValue> StreamAddAsync(
        RedisKey key,
        RedisValue streamField,
        RedisValue streamValue,
        RedisValue? messageId = null,
        long? maxLength = null,
        bool useApproximateMaxLength = false,
        CommandFlags flags = CommandFlags.None);

    Task<RedisValue> StreamAddAsync(
        RedisKey key,
        NameValueEntry[] streamPairs,
        RedisValue? messageId = null,
        long? maxLength = null,
        bool useApproximateMaxLength = false,
        CommandFlags flags = CommandFlags.None);

    Task<long> StreamLengthAsync(RedisKey key, CommandFlags flags = CommandFlags.None);

    Task<StreamEntry[]> StreamRangeAsync(
        RedisKey key,
        RedisValue? minId = null,
        RedisValue? maxId = null,
        int? count = null,
        Order messageOrder = Order.Ascending,
        CommandFlags flags = CommandFlags.None);

    Task<StreamInfo> StreamInfoAsync(RedisKey key, CommandFlags flags = CommandFlags.None);

    Task<StreamGroupInfo[]> StreamGroupInfoAsync(RedisKey key, CommandFlags flags = CommandFlags.None);

    Task<StreamConsumerInfo[]> StreamConsumerInfoAsync(
        RedisKey key,
        RedisValue groupName,
        CommandFlags flags = CommandFlags.None);

    Task<StreamPendingInfo> StreamPendingAsync(
        RedisKey key,
        RedisValue groupName,
        CommandFlags flags = CommandFlags.None);

    Task<StreamPendingMessageInfo[]> StreamPendingMessagesAsync(
        RedisKey key,
        RedisValue groupName,
        int count,
        RedisValue consumerName,
        RedisValue? minId = null,
        RedisValue? maxId = null,
        long? minIdleTimeInMs = null,
        CommandFlags flags = CommandFlags.None);

    Task<long> StreamTrimAsync(
        RedisKey key,
        long maxLength,
        bool useApproximateMaxLength = false,
        CommandFlags flags = CommandFlags.None);

    Task<long> StreamTrimByMinIdAsync(
        RedisKey key,
        RedisValue minId,
        bool useApproximateMaxLength = false,
        CommandFlags flags = CommandFlags.None);

    Task<bool> StreamCreateConsumerGroupAsync(
        RedisKey key,
        RedisValue groupName,
        RedisValue? position = null,
        bool createStream = true,
        CommandFlags flags = CommandFlags.None);

    Task<bool> StreamConsumerGroupSetPositionAsync(
        RedisKey key,
        RedisValue groupName,
        RedisValue position,
        CommandFlags flags = CommandFlags.None);

    Task<bool> StreamDeleteConsumerGroupAsync(
        RedisKey key,
        RedisValue groupName,
        CommandFlags flags = CommandFlags.None);

    Task<long> StreamDeleteConsumerAsync(
        RedisKey key,
        RedisValue groupName,
        RedisValue consumerName,
        CommandFlags flags = CommandFlags.None);

    Task<StreamEntry[]> StreamReadAsync(
        RedisKey key,
        RedisValue position,
        int? count = null,
        CommandFlags flags = CommandFlags.None);

    Task<RedisStream[]> StreamReadAsync(
        StreamPosition[] streamPositions,
        int? countPerStream = null,
        CommandFlags flags = CommandFlags.None);

    Task<StreamEntry[]> StreamReadGroupAsync(
        RedisKey key,
        RedisValue groupName,
        RedisValue consumerName,
        RedisValue? position = null,
        int? count = null,
        bool noAck = false,
        CommandFlags flags = CommandFlags.None);

    Task<long> StreamAcknowledgeAsync(
        RedisKey key,
        RedisValue groupName,
        RedisValue messageId,
        CommandFlags flags = CommandFlags.None);

    Task<long> StreamAcknowledgeAsync(
        RedisKey key,
        RedisValue groupName,
        RedisValue[] messageIds,
        CommandFlags flags = CommandFlags.None);

    Task<StreamEntry[]> StreamClaimAsync(
        RedisKey key,
        RedisValue consumerGroup,
        RedisValue claimingConsumer,
        long minIdleTimeInMs,
        RedisValue[] messageIds,
        CommandFlags flags = CommandFlags.None);

    Task<long> StreamDeleteAsync(RedisKey key, RedisValue[] messageIds, CommandFlags flags = CommandFlags.None);
}
