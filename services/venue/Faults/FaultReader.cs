namespace Quantum.Venue.Faults;

/// <summary>Reads a fault as the admin interface is sent it.</summary>
internal static class FaultReader
{
    private const int UsualCode = -1007;
    private const int UsualStatus = 503;

    private static readonly Dictionary<int, string> s_words = new()
    {
        [-1000] = "An unknown error occurred while processing the request.",
        [-1001] = "Internal error; unable to process your request. Please try again.",
        [-1007] = "Timeout waiting for response from backend server. Send status unknown; execution status unknown.",
        [-1008] = "Request throttled by system-level protection. Reduce-only/close-position orders are exempt. "
            + "Please try again.",
    };

    /// <summary>The rule; null and what is wrong when it cannot be one.</summary>
    public static FaultRule? Read(Parameters sent, long nowMs, out string fault)
    {
        fault = "";
        if (KindOf(sent.Find("kind")) is not { } kind)
            fault = $"kind '{sent.Find("kind")}' is none of {string.Join(", ", Enum.GetNames<FaultKind>())}";
        else if (!sent.TryLong("next", out var next) || next < 1) fault = "next is not 1 or more";
        else if (!sent.TryDecimal("share", out var share) || share is <= 0 or > 1) fault = "share is not above 0 to 1";
        else if (!sent.TryLong("seed", out var seed)) fault = "seed is no number";
        else if (!sent.TryLong("seconds", out var seconds) || seconds < 1) fault = "seconds is not 1 or more";
        else if (!sent.TryLong("delayMs", out var delayMs) || delayMs < 0) fault = "delayMs is not 0 or more";
        else if (!sent.TryLong("shiftMs", out var shiftMs)) fault = "shiftMs is no number";
        else if (!sent.TryLong("code", out var code)) fault = "code is no number";
        else if (!sent.TryLong("status", out var status) || status is < 400 or > 599)
            fault = "status is not 400 to 599";
        else
        {
            var number = (int)(code ?? UsualCode);
            var isBan = kind == FaultKind.Ban;
            return new FaultRule
            {
                Kind = kind,
                Request = sent.Find("request"),
                // Said nothing, it is the next one; what lasts, lasts.
                Next = (int?)next ?? (isBan || (share is null && seconds is null && kind != FaultKind.Skew) ? 1 : null),
                Share = (double?)share,
                Chance = new Random((int)(seed ?? 1)),
                UntilMs = isBan ? null : nowMs + seconds * 1000,
                DelayMs = isBan ? (seconds ?? 60) * 1000 : delayMs ?? 0,
                ShiftMs = shiftMs ?? 0,
                Code = number,
                Message = sent.Find("msg") ?? s_words.GetValueOrDefault(
                    number, string.Create(CultureInfo.InvariantCulture, $"fault {number}")),
                Status = (int)(status ?? UsualStatus),
                IsHtml = sent.Find("html") == "true",
                IsBefore = sent.Find("before") == "true",
            };
        }

        return null;
    }

    // In the admin interface's own spelling: hidden_success.
    private static FaultKind? KindOf(string? word) =>
        Enum.TryParse<FaultKind>(word?.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var kind)
        && Enum.IsDefined(kind) ? kind : null;
}
