using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>Works out how the process of a resource is started.</summary>
internal sealed class LaunchPlanner(DistributedApplicationExecutionContext executionContext, AppHostPlace place)
{
    public async Task<LaunchPlan> PlanAsync(IResource resource, int replica, CancellationToken cancellationToken)
    {
        var context = new ValueProviderContext
        {
            ExecutionContext = executionContext,
            Caller = resource,
            Replica = replica,
        };
        var args = new List<string>();
        foreach (var arg in await LaunchValues.ArgsAsync(resource, executionContext, cancellationToken)
            .ConfigureAwait(false))
        {
            args.Add(await LaunchValues.ResolveAsync(arg, context, cancellationToken).ConfigureAwait(false)
                ?? string.Empty);
        }

        var variables = new Dictionary<string, string>();
        var open = await LaunchValues.VariablesAsync(resource, executionContext, cancellationToken)
            .ConfigureAwait(false);
        foreach (var (variable, value) in open)
        {
            if (await LaunchValues.ResolveAsync(value, context, cancellationToken).ConfigureAwait(false) is { } text)
            {
                variables[variable] = text;
            }
        }

        var name = InstanceName(resource, replica);
        return resource switch
        {
            ProjectResource project => Project(name, project, args, variables),
            ExecutableResource executable =>
                new(name, executable.Command, args, variables, executable.WorkingDirectory),
            RedisResource redis => Redis(name, redis, args, variables),
            _ => throw new NotSupportedException(
                $"Running '{resource.Name}' ({resource.GetType().Name}) needs the package Aspire.Hosting.AppHost and a "
                + "container runtime; the stand-in of compat/ runs projects, executables and redis-server."),
        };
    }

    /// <summary>The name of one replica.</summary>
    public static string InstanceName(IResource resource, int replica) => resource.GetReplicaCount() == 1
        ? resource.Name : $"{resource.Name}-{(replica + 1).ToString(CultureInfo.InvariantCulture)}";

    private LaunchPlan Project(
        string name, ProjectResource project, List<string> args, Dictionary<string, string> variables)
    {
        var path = project.Annotations.OfType<IProjectMetadata>().Last().ProjectPath;
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        return new(name, dotnet, [place.ProjectAssembly(path), .. args], variables, Path.GetDirectoryName(path)!);
    }

    private LaunchPlan Redis(string name, RedisResource redis, List<string> args, Dictionary<string, string> variables)
    {
        // The arguments are those of the container's shell; the password goes in by the standard input instead,
        // because the list of processes is open to everyone on the machine.
        var input = string.Empty;
        var password = args.IndexOf("--requirepass");
        if (password >= 0)
        {
            var given = args[password + 1] == "$REDIS_PASSWORD" ? variables["REDIS_PASSWORD"] : args[password + 1];
            var quoted = given.Replace("\\", @"\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal);
            input = $"requirepass \"{quoted}\"\n";
            args.RemoveRange(password, 2);
        }

        var kept = KeptDirectory(redis);
        var scratch = kept is null ? Path.Combine(Path.GetTempPath(), $"{redis.Name}-{Guid.NewGuid():n}") : null;
        var directory = kept ?? scratch!;
        Directory.CreateDirectory(directory);
        string[] fixedArgs =
        [
            "-", "--port", redis.PrimaryEndpoint.Port.ToString(CultureInfo.InvariantCulture),
            "--bind", "127.0.0.1", "-::1", "--dir", directory,
        ];
        return new(name, "redis-server", [.. fixedArgs, .. args.Skip(1)], variables, directory, input, scratch);
    }

    private string? KeptDirectory(RedisResource redis)
    {
        var mount = redis.Annotations.OfType<ContainerMountAnnotation>().LastOrDefault(m => m.Target == "/data");
        return mount switch
        {
            { Type: ContainerMountType.BindMount, Source: { } folder } => folder,
            { Source: { } volume } => Path.Combine(place.VolumesDirectory, volume),
            _ => null,
        };
    }
}
