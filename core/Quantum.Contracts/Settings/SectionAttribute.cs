namespace Quantum.Contracts.Settings;

/// <summary>
/// The configuration section of a settings type, told here alone: the name of the role or service that it sets, as
/// <c>Executor</c> in <c>Executor:MaxAttempts</c> and in the environment variable <c>Executor__MaxAttempts</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SectionAttribute(string name) : Attribute
{
    public string Name => name;
}
