namespace Quantum.Contracts.Flow;

/// <summary>What <see cref="RoleState"/> needs of a cell.</summary>
internal interface IStateCell
{
    void SaveTouched(Action<string, byte[]?> save);
    void SaveAll(Action<string, byte[]?> save);
    void Load(string field, byte[] value);
    void Clear();
}
