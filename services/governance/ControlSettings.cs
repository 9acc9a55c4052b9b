using Quantum.Hosting;

namespace Quantum.Governance;

/// <summary>Who may say an operator's word over HTTP.</summary>
[Section("Control")]
public sealed record ControlSettings
{
    private const int LeastLength = 24;

    /// <summary>
    /// What a request names in its header `Authorization: Bearer …`; without one only this machine may be listened to.
    /// </summary>
    public string? Key { get; set; }

    /// <summary>The settings; throws <see cref="StartupException"/> where others could reach it without a
    /// key.</summary>
    public static ControlSettings From(IConfiguration configuration)
    {
        var settings = configuration.SettingsOf<ControlSettings>();
        if (settings.Key is { Length: < LeastLength } weak)
            throw new StartupException(
                $"Control:Key has {weak.Length} characters: set Control__Key to a secret of at least {LeastLength}, "
                + "such as `openssl rand -hex 32` makes.");
        return settings.Key is not null || Listening.IsOfThisMachineAlone(configuration)
            ? settings
            : throw new StartupException(
                "governance would take words that stop or release trading from anybody: it listens off loopback, or "
                + "answers to a name of Http:Hosts, and Control:Key is not set. Set Control__Key, or listen on "
                + "http://127.0.0.1:port without Http__Hosts.");
    }
}
