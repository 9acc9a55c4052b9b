using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>Which ports of an endpoint the manifest names, and which it leaves to the deployment tool.</summary>
internal sealed class PublishedPorts
{
    private const int FirstFreePort = 8000;
    private int _next = FirstFreePort;

    public List<(EndpointAnnotation Endpoint, int? Port, int? TargetPort)> Of(IResource resource)
    {
        var result = new List<(EndpointAnnotation, int?, int?)>();
        var schemes = new HashSet<string>();
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            var isHttp = endpoint.UriScheme is "http" or "https";
            // The first http and https endpoint of a project get their port from the deployment tool.
            var isOpen = endpoint.TargetPort is null && resource is ProjectResource && isHttp
                && !schemes.Contains(endpoint.UriScheme);
            var target = endpoint.TargetPort ?? (resource is ContainerResource ? endpoint.Port : null)
                ?? (isOpen ? null : _next++);
            if (resource is ProjectResource && isHttp)
            {
                schemes.Add(endpoint.UriScheme);
            }

            result.Add((endpoint, endpoint.Port == target ? null : endpoint.Port, target));
        }

        return result;
    }
}
