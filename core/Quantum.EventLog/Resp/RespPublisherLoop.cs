using System.Globalization;
using Quantum.Contracts.Units;

namespace Quantum.EventLog.Resp;

/// <summary>The thread of a publisher: takes what waits, sends it, hands the answers back, and reconnects.</summary>
internal sealed class RespPublisherLoop : IDisposable
{
    /// <summary>Bytes of one flush; more would only wait in the socket.</summary>
    private const int MaxFlushBytes = 256 * 1024;

    private readonly RespPublisher _publisher;
    private readonly RespPublisherOptions _options;
    private readonly RespClient _client;
    private readonly Thread _thread;
    private readonly RespAppendQueue _taken = new();
    private readonly RespAppendQueue _inFlight = new();
    private RespAppendQueue _refused = new();
    private RespAppendQueue _spare = new();
    private RespServerException? _refusal;
    private RespConnection? _connection;

    public RespPublisherLoop(RespPublisher publisher, RespEndpoint endpoint, RespPublisherOptions options)
    {
        _publisher = publisher;
        _options = options;
        var onRetry = options.Client.OnRetry;
        _client = new RespClient(endpoint, options.Client with
        {
            OnRetry = (error, wait) =>
            {
                onRetry?.Invoke(error, wait);
                Expire(error);
            },
        });
        _thread = new Thread(Run) { IsBackground = true, Name = "resp-publisher" };
        _thread.Start();
    }

    public int Connects => _client.Connects;

    /// <summary>Waits for the thread to drain and end; cuts its connection when that takes too long.</summary>
    public void Dispose()
    {
        if (!_thread.Join(_options.DrainTimeoutMs))
        {
            _client.Dispose();
            _thread.Join();
        }

        _client.Dispose();
    }

    private void Run()
    {
        Exception end = new ObjectDisposedException(
            nameof(RespPublisher), "The publisher was disposed before this append was sent.");
        try
        {
            while (Step())
            {
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed: the drain time is over.
        }
        catch (Exception e)
        {
            // A bug here must reach the producers; they would otherwise wait for ever.
            end = e;
        }

        FailAll(_inFlight, end);
        FailAll(_refused, end);
        FailAll(_taken, end);
        _publisher.Ended(end);
    }

    private bool Step()
    {
        if (!Gather()) return false;
        try
        {
            if (_taken.Count > 0 && !TrySend()) return true;
            if (_inFlight.Count > 0) ReadReplies(_connection!);
        }
        catch (RespException e)
        {
            // Whether these were executed is unknown; their producers have to decide.
            FailAll(_inFlight, e);
            _refusal = null;
            _client.Failed(e);
        }

        return true;
    }

    /// <summary>Fills the batch to send next; false when there is nothing left to do.</summary>
    private bool Gather()
    {
        if (_taken.Count > 0) return true;
        if (_refused.Count > 0)
        {
            if (_inFlight.Count == 0) TakeRefused();
            return true;
        }

        if (_inFlight.Count == 0) return _publisher.Take(_taken, _options.MaxInFlight, mayWait: true);
        return _inFlight.Count >= _options.MaxInFlight
            || _publisher.Take(_taken, _options.MaxInFlight - _inFlight.Count, mayWait: false);
    }

    private bool TrySend()
    {
        if (_inFlight.Count == 0)
        {
            try
            {
                _connection = _client.Get();
            }
            catch (RespException e)
            {
                // Only what time does not mend comes here, such as a wrong password: the producers shall hear of it.
                FailAll(_taken, e);
                FailAll(_refused, e);
                _publisher.FailQueued(e, long.MaxValue);
                _client.Pause(e);
                return false;
            }
        }

        Send(_connection!);
        return true;
    }

    private void Send(RespConnection connection)
    {
        var writer = connection.BeginWrite();
        while (_taken.Count > 0 && writer.Length < MaxFlushBytes)
        {
            var operation = _taken.Dequeue();
            writer.WriteCommands(operation.Writer);
            _inFlight.Enqueue(operation);
        }

        connection.Flush();
    }

    private void ReadReplies(RespConnection connection)
    {
        do
        {
            var reply = connection.ReadReply();
            var operation = _inFlight.Dequeue();
            var error = reply.Error;
            if (error is null)
            {
                Succeed(operation, reply);
            }
            else if (error.IsTransient)
            {
                _refusal = error;
                _refused.Enqueue(operation);
            }
            else
            {
                operation.Fail(error);
            }
        }
        while (_inFlight.Count > 0 && connection.HasBufferedReply());

        if (_refusal is null)
        {
            _client.Succeeded();
        }
        else if (_inFlight.Count == 0)
        {
            var refusal = _refusal;
            _refusal = null;
            RefuseSent();
            Expire(refusal);
            _client.Failed(refusal);
        }
    }

    /// <summary>What was taken but not sent stays behind what was sent and refused.</summary>
    private void RefuseSent()
    {
        while (_taken.Count > 0) _refused.Enqueue(_taken.Dequeue());
    }

    private void TakeRefused()
    {
        (_refused, _spare) = (_spare, _refused);
        while (_spare.Count > 0) _taken.Enqueue(_spare.Dequeue());
    }

    private static void Succeed(RespAppendOperation operation, RespReader reply)
    {
        if (reply.TryReadBytes(out var text) && EntryId.TryParse(text, out var id)) operation.Succeed(id);
        else operation.Fail(new RespProtocolException("The reply to an append is no stream id; append with XADD."));
    }

    private void Expire(Exception cause)
    {
        var before = Environment.TickCount64 - _options.QueueTimeoutMs;
        var error = new RespTimeoutException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The append was not sent within {_options.QueueTimeoutMs} ms; Redis cannot be used: {cause.Message}"),
            cause);
        ExpireIn(_refused, before, error);
        ExpireIn(_taken, before, error);
        _publisher.FailQueued(error, before);
    }

    private static void ExpireIn(RespAppendQueue queue, long beforeMs, Exception error)
    {
        while (queue.Count > 0 && queue.Peek().QueuedAtMs <= beforeMs) queue.Dequeue().Fail(error);
    }

    private static void FailAll(RespAppendQueue queue, Exception error)
    {
        while (queue.Count > 0) queue.Dequeue().Fail(error);
    }
}
