using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>Gives every endpoint its ports before anything starts, and starts a proxy where two ports differ.</summary>
internal static class PortAllocation
{
    private static readonly Lock s_lock = new();
    private static readonly HashSet<int> s_given = [];

    public static void Allocate(IResource resource, List<EndpointProxy> proxies)
    {
        var replicas = resource.GetReplicaCount();
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            if (replicas > 1 && (!endpoint.IsProxied || endpoint.TargetPort is not null))
            {
                throw new DistributedApplicationException(
                    $"Resource '{resource.Name}' uses multiple replicas and a proxy-less endpoint or a fixed target "
                    + $"port ('{endpoint.Name}'). These features do not work together.");
            }

            // The server of a container listens on the port that others see: there is no container here.
            var target = resource is ContainerResource ? null : endpoint.TargetPort;
            var open = endpoint.Port ?? (replicas == 1 ? target : null) ?? Free();
            endpoint.AllocatedPort = open;
            var isDirect = replicas == 1 && (target is null || target == open);
            endpoint.ReplicaPorts = isDirect ? [open]
                : [.. Enumerable.Range(0, replicas).Select(_ => target ?? Free())];
            if (endpoint.Port is { } wanted)
            {
                CheckFree(resource, endpoint, wanted);
            }

            if (!isDirect)
            {
                proxies.Add(new EndpointProxy(open, endpoint.ReplicaPorts));
            }
        }
    }

    public static int Free()
    {
        while (true)
        {
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            listener.Stop();
            lock (s_lock)
            {
                if (s_given.Add(port))
                {
                    return port;
                }
            }
        }
    }

    private static void CheckFree(IResource resource, EndpointAnnotation endpoint, int port)
    {
        try
        {
            var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            listener.Stop();
        }
        catch (SocketException taken)
        {
            throw new DistributedApplicationException(
                $"Port {port} of '{resource.Name}' ({endpoint.Name}) cannot be used: {taken.Message}. "
                + "End what listens there or choose another port.", taken);
        }
    }
}
