namespace Quantum.Looking;

/// <summary>What is kept of a program's key to the console: never the key itself.</summary>
/// <param name="Id">Names it inside the key; eight hexadecimal digits.</param>
/// <param name="Name">Whose it is: noted with everything it does.</param>
/// <param name="Role">reader or operator.</param>
/// <param name="Sha256">Hash of its secret part, hexadecimal.</param>
/// <param name="AddedMs">When it was made, UTC epoch ms.</param>
public sealed record ApiKey(string Id, string Name, string Role, string Sha256, long AddedMs)
{
    /// <summary>What a key may do: look, or look and act.</summary>
    public static IReadOnlyList<string> Roles { get; } = ["reader", "operator"];
}
