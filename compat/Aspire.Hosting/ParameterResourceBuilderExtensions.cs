using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Adds parameters and connection strings that are given from outside.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a parameter that must be given.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddResource(
            new ParameterResource(name, d => Value(builder.Configuration, $"Parameters:{name}", d), secret));
    }

    /// <summary>Adds a parameter with a fixed value.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        string name,
        string value,
        bool publishValueAsDefault = false,
        bool secret = false) => builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    /// <summary>Adds a parameter with a value that is asked for at the start.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        string name,
        Func<string> valueGetter,
        bool publishValueAsDefault = false,
        bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(valueGetter);
        if (publishValueAsDefault && secret)
        {
            throw new ArgumentException(
                "A parameter cannot be both secret and published as a default value.", nameof(secret));
        }

        return builder.AddResource(new ParameterResource(name, d => d?.GetDefaultValue() ?? valueGetter(), secret)
        {
            Default = publishValueAsDefault ? new ConstantParameterDefault(valueGetter) : null,
        });
    }

    /// <summary>Adds a parameter with a default; <paramref name="persist"/> keeps it for the next run.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        string name,
        ParameterDefault value,
        bool secret = false,
        bool persist = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(value);
        var kept = persist && builder.ExecutionContext.IsRunMode
            ? new KeptParameterDefault(builder.AppHostAssembly, name, value) : value;
        return builder.AddResource(
            new ParameterResource(name, d =>
                Value(builder.Configuration, $"Parameters:{name}", d), secret) { Default = kept });
    }

    /// <summary>Adds a parameter that is read from a setting of any name.</summary>
    public static IResourceBuilder<ParameterResource> AddParameterFromConfiguration(
        this IDistributedApplicationBuilder builder, string name, string configurationKey, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddResource(
            new ParameterResource(name, d => Value(builder.Configuration, configurationKey, d), secret));
    }

    /// <summary>Adds a connection string that must be given.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, string? environmentVariableName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddResource(new ConnectionStringParameterResource(
            name, _ => Value(builder.Configuration, $"ConnectionStrings:{name}", null), environmentVariableName));
    }

    /// <summary>Makes a password that is random unless it is given.</summary>
    public static ParameterResource CreateDefaultPasswordParameter(
        IDistributedApplicationBuilder builder,
        string name,
        bool lower = true,
        bool upper = true,
        bool numeric = true,
        bool special = true,
        int minLower = 0,
        int minUpper = 0,
        int minNumeric = 0,
        int minSpecial = 0)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ParameterDefault random = new GenerateParameterDefault
        {
            Lower = lower,
            Upper = upper,
            Numeric = numeric,
            Special = special,
            MinLower = minLower,
            MinUpper = minUpper,
            MinNumeric = minNumeric,
            MinSpecial = minSpecial,
        };
        return new ParameterResource(name, d => Value(builder.Configuration, $"Parameters:{name}", d), secret: true)
        {
            Default = builder.ExecutionContext.IsRunMode
                ? new KeptParameterDefault(builder.AppHostAssembly, name, random) : random,
        };
    }

    private static string Value(ConfigurationManager configuration, string key, ParameterDefault? parameterDefault) =>
        // An environment variable cannot hold a hyphen in most shells, so an underscore does too.
        configuration[key] ?? configuration[key.Replace('-', '_')] ?? parameterDefault?.GetDefaultValue()
        ?? throw new MissingParameterValueException(
            $"'{key}' has no value and no default. Set it: --{key}=..., the environment variable "
            + $"{VariableName(key)}, user secrets or appsettings.json.");

    private static string VariableName(string key) =>
        key.Replace(":", "__", StringComparison.Ordinal).Replace('-', '_');
}
