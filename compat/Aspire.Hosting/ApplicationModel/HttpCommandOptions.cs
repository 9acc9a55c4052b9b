namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a command that is an HTTP request is shown and sent.</summary>
public class HttpCommandOptions : CommandOptions
{
    /// <summary>Chooses the endpoint; null means the one named, or the first of http and https.</summary>
    public Func<EndpointReference>? EndpointSelector { get; set; }

    /// <summary>The method; null means POST.</summary>
    public HttpMethod? Method { get; set; }

    /// <summary>The name of the HTTP client to use.</summary>
    public string? HttpClientName { get; set; }

    /// <summary>Completes the request.</summary>
    public Func<HttpCommandRequestContext, Task>? PrepareRequest { get; set; }

    /// <summary>Judges the response; null means that success codes are success.</summary>
    public Func<HttpCommandResultContext, Task<ExecuteCommandResult>>? GetCommandResult { get; set; }
}
