using System.Net;

namespace StackExchange.Redis;

/// <summary>Which connection ended or came back, and why.</summary>
public class ConnectionFailedEventArgs : EventArgs
{
    internal ConnectionFailedEventArgs(
        EndPoint? endPoint,
        ConnectionType connectionType,
        ConnectionFailureType failureType,
        Exception? exception)
    {
        EndPoint = endPoint;
        ConnectionType = connectionType;
        FailureType = failureType;
        Exception = exception;
    }

    public EndPoint? EndPoint { get; }

    public ConnectionType ConnectionType { get; }

    public ConnectionFailureType FailureType { get; }

    public Exception? Exception { get; }
}
