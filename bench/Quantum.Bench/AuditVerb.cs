namespace Quantum.Bench;

/// <summary>`audit`: fills a Redis as a long run would, looks at it and prints what looking cost.</summary>
internal static class AuditVerb
{
    public static int Run(string[] options)
    {
        if (options.FirstOrDefault(option => option is not ("--json" or "--quick")) is { } unknown)
            return Program.Usage($"'{unknown}' is no option of audit");
        foreach (var figure in new AuditBenchmark().Run(options.Contains("--quick")))
            Console.WriteLine(options.Contains("--json") ? figure.ToJson() : figure.ToString());
        return 0;
    }
}
