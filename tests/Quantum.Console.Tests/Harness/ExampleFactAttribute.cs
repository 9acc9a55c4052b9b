namespace Quantum.Console.Tests.Harness;

/// <summary>A test that needs the running system and Python: skipped where there is none, except in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ExampleFactAttribute : BrowserFactAttribute
{
    public ExampleFactAttribute()
    {
        var isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "python3")));
        if (!isThere && Environment.GetEnvironmentVariable("CI") != "true") Skip = "no Python: install python3";
    }
}
