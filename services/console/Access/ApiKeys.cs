using System.Security.Claims;
using System.Threading.RateLimiting;
using Quantum.Hosting;

namespace Quantum.Console.Access;

/// <summary>The keys with which programs ask, as their file has them at the moment of asking.</summary>
internal sealed class ApiKeys : IDisposable
{
    /// <summary>The header beside <c>Authorization: Bearer</c>.</summary>
    public const string Header = "X-Api-Key";

    private const string Bearer = "Bearer ";
    private const string KeyClaim = "api_key";
    private const int WrongPerMinute = 10;

    private readonly string? _path;
    private readonly ILogger<ApiKeys> _log;
    private readonly Lock _gate = new();
    private readonly PartitionedRateLimiter<string> _wrong = PartitionedRateLimiter.Create<string, string>(
        address => RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = WrongPerMinute, Window = TimeSpan.FromMinutes(1),
        }));

    private (DateTime At, long Length, IReadOnlyList<ApiKey> Keys) _read = (default, -1, []);

    public ApiKeys(AccessSettings settings, ILogger<ApiKeys> log) => (_path, _log) = (settings.KeysPath, log);

    /// <summary>Reads the file once, so that one that cannot be read is told at the start.</summary>
    /// <exception cref="StartupException">One line that names the file and what is wrong.</exception>
    public static void Check(AccessSettings settings)
    {
        if (settings.KeysPath is not { } path) return;
        try
        {
            ApiKeyFile.Read(path);
        }
        catch (Exception fault) when (IsOfTheFile(fault))
        {
            throw new StartupException($"Access:KeysPath is '{path}', which cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>What a request gives as its key; null when it gives none.</summary>
    public static string? Given(HttpRequest request)
    {
        if (request.Headers[Header].ToString() is { Length: > 0 } plain) return plain;
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? authorization[Bearer.Length..].Trim()
            : null;
    }

    /// <summary>True for whoever came by a key, whom no page of another origin can speak for.</summary>
    public static bool IsOfKey(ClaimsPrincipal user) => user.HasClaim(claim => claim.Type == KeyClaim);

    /// <summary>Who a key is; null when it opens nothing.</summary>
    public ClaimsPrincipal? UserOf(string given) => ApiKeyFile.Find(Keys(), given) is { } key
        ? new ClaimsPrincipal(new ClaimsIdentity(
            [
                new Claim(ClaimTypes.Name, "key " + key.Name), new Claim(ClaimTypes.Role, key.Role),
                new Claim(KeyClaim, key.Id),
            ],
            KeyClaim))
        : null;

    /// <summary>True while the key that somebody came by is still there.</summary>
    public bool Holds(ClaimsPrincipal user) =>
        user.FindFirstValue(KeyClaim) is not { } id || Keys().Any(key => key.Id == id);

    /// <summary>Counts a wrong key; false once an address has given too many.</summary>
    public bool MayTryAgain(string address)
    {
        using var lease = _wrong.AttemptAcquire(address);
        return lease.IsAcquired;
    }

    public void Dispose() => _wrong.Dispose();

    private IReadOnlyList<ApiKey> Keys()
    {
        if (_path is null) return [];
        lock (_gate)
        {
            try
            {
                var file = new FileInfo(_path);
                var (at, length) = file.Exists ? (file.LastWriteTimeUtc, file.Length) : (default, 0);
                if (at != _read.At || length != _read.Length) _read = (at, length, ApiKeyFile.Read(_path));
            }
            catch (Exception fault) when (IsOfTheFile(fault))
            {
                // Which keys hold cannot be seen: none does, until it can. Said once, not with every request.
                if (_read.Length >= 0)
                    _log.LogError("No key opens anything: '{Path}' cannot be read. {Fault}", _path, fault.Message);
                _read = (default, -1, []);
            }

            return _read.Keys;
        }
    }

    private static bool IsOfTheFile(Exception fault) =>
        fault is IOException or JsonException or UnauthorizedAccessException;
}
