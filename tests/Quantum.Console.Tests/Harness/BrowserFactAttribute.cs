namespace Quantum.Console.Tests.Harness;

/// <summary>A test that needs Chromium: skipped where there is none, except in CI, where that is a failure.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Browser.Path is null && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "no Chromium: install the package chromium, or name one in CHROMIUM_PATH";
    }
}
