using System.ComponentModel.DataAnnotations;

namespace Quantum.Contracts.Settings;

/// <summary>An address of http or https, or nothing; never repeated, since an address may hold a secret.</summary>
public sealed class WebAddressAttribute() : DataTypeAttribute(DataType.Password)
{
    public override bool IsValid(object? value) => string.IsNullOrWhiteSpace(value as string)
        || (Uri.TryCreate((string)value!, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https");
}
