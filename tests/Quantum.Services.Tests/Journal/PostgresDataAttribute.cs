using System.Reflection;
using Quantum.Testing;
using Xunit.Sdk;

namespace Quantum.Services.Tests.Journal;

/// <summary>
/// The row of a theory that runs against PostgreSQL. Where its server is not installed it is skipped and says why; in
/// CI it runs and fails with the same words.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresDataAttribute : DataAttribute
{
    public PostgresDataAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true") Skip = PostgresServer.Fault;
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[JournalKind.Postgres]];
}
