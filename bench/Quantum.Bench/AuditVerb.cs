namespace Quantum.Bench;

/// <summary>`audit`: fills a Redis as a long run would, looks at it and prints what looking cost.</summary>
internal static class AuditVerb
{
    public static int Run(string[] options)
    {
        if (options.FirstOrDefault(option => option is not ("--json" or "--quick")) is { } unknown)
            return Program.Usage($"'{unknown}' is no option of audit");
        return Figure.Print(new AuditBenchmark().Run(options.Contains("--quick")), options.Contains("--json"));
    }
}
