namespace Quantum.Bench;

/// <summary>`audit`: fills a Redis as a long run would, looks at it and prints what looking cost.</summary>
internal static class AuditVerb
{
    public static int Run(string[] options)
    {
        if (GivenOptions.Fault("audit", options, out var isJson, out var isQuick) is { } fault)
            return Program.Usage(fault);
        return Figure.Print(new AuditBenchmark().Run(isQuick), isJson);
    }
}
