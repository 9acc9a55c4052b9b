namespace Quantum.Exchanges.Tests.Standin;

/// <summary>What the venue says to a request.</summary>
internal sealed record Answer(int Status, string Body, params (string Name, string Value)[] Headers)
{
    /// <summary>The connection breaks instead.</summary>
    public static Answer Broken { get; } = new(0, "broken");

    /// <summary>Nothing comes.</summary>
    public static Answer Silent { get; } = new(0, "silent");

    public static implicit operator Answer(string body) => new(200, body);

    public static Answer Refused(int status, int code, string message, params (string, string)[] headers) =>
        new(status, $$"""{"code":{{code}},"msg":"{{message}}"}""", headers);
}
