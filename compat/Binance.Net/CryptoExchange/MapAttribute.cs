namespace CryptoExchange.Net.Attributes;

/// <summary>How an enum's member is written on the wire: the first text is sent, each of them is read.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class MapAttribute(params string[] maps) : Attribute
{
    public string[] Values { get; } = maps;
}
