namespace Quantum.Tidy.Tests.Launcher;

/// <summary>A test that needs bash.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "the launcher is a bash script";
        }
    }
}
