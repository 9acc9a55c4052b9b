namespace Quantum.Venue.Engine;

/// <summary>Where the venue listens, whom it knows at the start, and its limits.</summary>
[Section("Venue")]
public sealed record VenueOptions : IValidatableObject
{
    /// <summary>Where it listens: loopback, since whoever reaches it may trade and make it fail.</summary>
    [WebAddress] public string Url { get; set; } = "http://127.0.0.1:5120";

    /// <summary>API key of the account that is there from the start; empty: made up and printed.</summary>
    public string Key { get; set; } = "";

    /// <summary>Its secret; empty: made up and printed.</summary>
    [DataType(DataType.Password)] public string Secret { get; set; } = "";

    /// <summary>Whether the addresses without /public, /market and /private work too.</summary>
    public bool LegacyStreams { get; set; }

    /// <summary>Request weight of a minute and address.</summary>
    [AtLeast(1)] public int WeightPerMinute { get; set; } = 2400;

    /// <summary>Orders of ten seconds and account.</summary>
    [AtLeast(1)] public int OrdersPerTenSeconds { get; set; } = 300;

    /// <summary>Orders of a minute and account.</summary>
    [AtLeast(1)] public int OrdersPerMinute { get; set; } = 1200;

    /// <summary>How long one who goes on after 429 is banned, seconds.</summary>
    [AtLeast(1)] public int BanSeconds { get; set; } = 120;

    /// <summary>How long the reply to a market order waits for its fills where they are asked for, ms.</summary>
    [AtLeast(0)] public int ResultWaitMs { get; set; } = 1_500;

    /// <summary>Between two pings to a socket, seconds.</summary>
    [AtLeast(1)] public int PingSeconds { get; set; } = 180;

    /// <summary>After this a socket is closed, seconds.</summary>
    [AtLeast(1)] public int SocketSeconds { get; set; } = 86_400;

    /// <summary>How long a listen key lives without a PUT, seconds.</summary>
    [AtLeast(1)] public int ListenKeySeconds { get; set; } = 3_600;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var uri) || uri is not { IsLoopback: true, Scheme: "http" })
            yield return new ValidationResult(
                "is no http address of this machine: use http://127.0.0.1:port", [nameof(Url)]);
    }
}
