namespace Quantum.Console.Access;

/// <summary>What a user may do.</summary>
public static class AccessRoles
{
    /// <summary>Looks.</summary>
    public const string Reader = "reader";

    /// <summary>Looks and acts.</summary>
    public const string Operator = "operator";
}
