using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;

namespace Quantum.Console.Tests.Harness;

/// <summary>
/// A small OpenID Connect provider on loopback: discovery, keys, authorization code with PKCE, and ID tokens that it
/// signs itself. Whoever comes is logged in at once, with the claims that the test gives.
/// </summary>
internal sealed class OpenIdProvider : IDisposable
{
    public const string ClientId = "console";
    public const string Secret = "a-secret-of-the-test";

    private readonly HttpListener _listener = new();
    private readonly RSA _key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, (string Nonce, string Challenge)> _codes = [];
    private readonly Task _running;

    public OpenIdProvider()
    {
        Url = $"http://127.0.0.1:{RedisServer.FreePort()}";
        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        _running = RunAsync();
    }

    public string Url { get; }

    /// <summary>What the next ID tokens say beside the standard's own claims.</summary>
    public Dictionary<string, object> Claims { get; } = new(StringComparer.Ordinal);

    /// <summary>Signs with another key than the one that is told: a forger.</summary>
    public bool IsForger { get; set; }

    public void Dispose()
    {
        _listener.Close();
        _running.Wait(Eventually.Deadline);
        _key.Dispose();
    }

    private async Task RunAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        if (path == "/authorize")
        {
            var asked = HttpUtility.ParseQueryString(context.Request.Url.Query);
            var code = Guid.NewGuid().ToString("N");
            _codes[code] = (asked["nonce"]!, asked["code_challenge"]!);
            context.Response.Redirect(
                $"{asked["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(asked["state"]!)}");
            context.Response.Close();
            return;
        }

        var (status, body) = path switch
        {
            "/.well-known/openid-configuration" => (200, Discovery()),
            "/keys" => (200, Keys()),
            "/token" => await TokenAsync(context.Request),
            _ => (404, new { error = path }),
        };
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.OutputStream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body));
        context.Response.Close();
    }

    private object Discovery() => new
    {
        issuer = Url, authorization_endpoint = Url + "/authorize", token_endpoint = Url + "/token",
        jwks_uri = Url + "/keys", response_types_supported = new[] { "code" },
        subject_types_supported = new[] { "public" }, id_token_signing_alg_values_supported = new[] { "RS256" },
        code_challenge_methods_supported = new[] { "S256" },
    };

    private object Keys()
    {
        var key = _key.ExportParameters(includePrivateParameters: false);
        return new
        {
            keys = new[]
            {
                new
                {
                    kty = "RSA", use = "sig", kid = "one", alg = "RS256", n = Base64Url.EncodeToString(key.Modulus!),
                    e = Base64Url.EncodeToString(key.Exponent!),
                },
            },
        };
    }

    private async Task<(int Status, object Body)> TokenAsync(HttpListenerRequest request)
    {
        using var reader = new StreamReader(request.InputStream);
        var form = HttpUtility.ParseQueryString(await reader.ReadToEndAsync());
        var isKnown = _codes.TryRemove(form["code"] ?? "", out var asked);
        var challenge = Base64Url.EncodeToString(
            SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"] ?? "")));
        return !isKnown || challenge != asked.Challenge || form["client_id"] != ClientId
            || form["client_secret"] != Secret
            ? (400, new { error = "invalid_grant" })
            : (200, new
            {
                access_token = "a", token_type = "Bearer", expires_in = 60, id_token = IdToken(asked.Nonce),
            });
    }

    private string IdToken(string nonce)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>(Claims, StringComparer.Ordinal)
        {
            ["iss"] = Url, ["aud"] = ClientId, ["sub"] = "subject-1", ["nonce"] = nonce, ["iat"] = now,
            ["exp"] = now + 60,
        };
        var text = Part(new { alg = "RS256", typ = "JWT", kid = "one" }) + "." + Part(claims);
        using var other = RSA.Create(2048);
        var signature = (IsForger ? other : _key).SignData(
            Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return text + "." + Base64Url.EncodeToString(signature);
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
