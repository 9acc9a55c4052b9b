namespace Quantum.Contracts.Wire;

/// <summary>Where one field's name and value stand in an entry's buffer, in bytes.</summary>
public readonly record struct FieldSlice(int NameStart, int NameLength, int ValueStart, int ValueLength);
