using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Quantum.Console.Access;

namespace Quantum.Console.Api;

/// <summary>What the description of the API says beside what its routes say of themselves.</summary>
internal static class ApiDocument
{
    private const string BearerName = "bearer";
    private const string HeaderName = "apiKey";

    private const string About = """
        What the console's pages show and do. Times are UTC epoch milliseconds, money is USD, prices are in quote
        currency, quantities are signed base quantities; null is not known, never 0.
        A key (of the verb `api-key`) opens it; a reader looks, an operator acts as well. A session of the pages does,
        too, and sends with what it posts the request token of its session (GET /api/v1/session).
        Errors are problem details whose detail names the thing, its value and the mend.
        """;

    public static void Describe(OpenApiOptions options)
    {
        options.ShouldInclude = described => $"/{described.RelativePath}".StartsWith(
            ApiRoutes.Root + "/", StringComparison.Ordinal);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Quantum's console", Version = "v1", Description = About };
            document.Servers = [];
            var components = document.Components ??= new OpenApiComponents();
            components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
            {
                [BearerName] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
                [HeaderName] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = ApiKeys.Header,
                },
            };
            document.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(BearerName, document)] = [] },
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(HeaderName, document)] = [] },
            ];
            return Task.CompletedTask;
        });
    }
}
