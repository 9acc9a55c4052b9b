namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something that the manifest names instead of giving its value.</summary>
public interface IManifestExpressionProvider
{
    /// <summary>The placeholder, for example <c>{redis.connectionString}</c>.</summary>
    string ValueExpression { get; }
}
