namespace Quantum.Audit;

/// <summary>What became of a question.</summary>
internal enum Answer
{
    Given,

    /// <summary>What was asked about is not there: the only error that says so.</summary>
    Gone,

    /// <summary>Not known: refused, or its server is away. It is noted.</summary>
    None,
}

/// <summary>
/// Sends the audit's questions, many at once and each to its server, and hands out the answers in the order of asking.
/// An error is never "nothing there": it is noted by command and kind.
/// </summary>
internal sealed class Asking(AuditNodes nodes)
{
    private readonly Queue<Question> _sent = new();
    private readonly Dictionary<(AuditCommand, string), Unanswered> _unanswered = [];

    public AuditNodes Nodes { get; } = nodes;

    /// <summary>What was not answered so far.</summary>
    public IReadOnlyCollection<Unanswered> Unanswered => _unanswered.Values;

    /// <summary>Keys that turned out to hold another type than was asked for.</summary>
    public HashSet<string> WrongTypes { get; } = new(StringComparer.Ordinal);

    /// <summary>Asks about a key, where it lives.</summary>
    /// <param name="command">What is asked.</param>
    /// <param name="key">The key's text.</param>
    /// <param name="rest">The arguments after the key; names by their text.</param>
    public void AskKey(AuditCommand command, string key, params ReadOnlySpan<string> rest)
    {
        var node = Nodes.Of(key);
        var hasGroup = command == AuditCommand.Pending || command == AuditCommand.Consumers;
        var subject = hasGroup ? $"{key} {rest[0]}" : key;
        _sent.Enqueue(new Question(node, command, key, subject));
        if (node?.Connection is not { } connection) return;
        var writer = Begin(connection, command, 1 + rest.Length);
        writer.WriteName(key);
        foreach (var argument in rest) writer.WriteName(argument);
    }

    /// <summary>Asks a server about itself.</summary>
    public void Ask(AuditNode node, AuditCommand command, params ReadOnlySpan<string> rest)
    {
        _sent.Enqueue(new Question(node, command, null, null));
        if (node.Connection is not { } connection) return;
        var writer = Begin(connection, command, rest.Length);
        foreach (var argument in rest) writer.WriteBulk(argument);
    }

    /// <summary>Sends what was asked.</summary>
    public void Send()
    {
        foreach (var node in Nodes.All) Send(node);
        if (!Nodes.All.Contains(Nodes.Seed)) Send(Nodes.Seed);
    }

    /// <summary>The answer to the next question.</summary>
    public Answer Read(out RespReader reply)
    {
        var question = _sent.Dequeue();
        reply = default;
        if (question.Node?.Connection is not { } connection) return Answer.None;
        try
        {
            reply = connection.ReadReply();
        }
        catch (RespException fault) when (Nodes.IsCluster)
        {
            question.Node.Lose(fault);
            return Answer.None;
        }

        if (reply.Error is not { } error) return Answer.Given;
        if (IsGone(question.Command, error)) return Answer.Gone;
        if (error.Code == RespErrorCode.WrongType && question.Key is { } key) WrongTypes.Add(key);
        else Note(question, error);
        return Answer.None;
    }

    // XINFO of a stream that was just deleted, XPENDING of its group, the nodes of what is no cluster.
    private static bool IsGone(AuditCommand command, RespServerException error) =>
        error.Code == RespErrorCode.NoGroup
        || (error.Code == RespErrorCode.Other && error.ServerMessage ==
            (command == AuditCommand.Cluster ? "ERR This instance has cluster support disabled" : "ERR no such key"));

    private void Note(Question question, RespServerException error)
    {
        var key = (question.Command, error.Word);
        if (!_unanswered.TryGetValue(key, out var noted))
        {
            _unanswered[key] = noted = new Unanswered(
                question.Command, error.Code, error.Word, error.ServerMessage, question.Node!.Address);
        }

        noted.Add(question.Subject);
    }

    private void Send(AuditNode node)
    {
        try
        {
            node.Connection?.Flush();
        }
        catch (RespException fault) when (Nodes.IsCluster)
        {
            node.Lose(fault);
        }
    }

    private static RespWriter Begin(RespConnection connection, AuditCommand command, int arguments)
    {
        var writer = connection.BeginWrite();
        writer.WriteArrayHeader((command.Part is null ? 1 : 2) + arguments);
        writer.WriteBulk(command.Name);
        if (command.Part is { } part) writer.WriteBulk(part);
        return writer;
    }

    private readonly record struct Question(AuditNode? Node, AuditCommand Command, string? Key, string? Subject);
}
