namespace Quantum.ServiceDefaults.Health;

/// <summary>Who may work on a consumer's streams, as this process knows it.</summary>
public enum LeaseState
{
    /// <summary>Nobody that this process knows of: unhealthy.</summary>
    None = 0,

    /// <summary>This process.</summary>
    Held = 1,

    /// <summary>Another live process; this one stands by and is healthy.</summary>
    Standby = 2,

    /// <summary>This consumer needs no lease.</summary>
    NotNeeded = 3,
}
