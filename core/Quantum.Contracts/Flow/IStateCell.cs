namespace Quantum.Contracts.Flow;

/// <summary>What <see cref="RoleState"/> needs of a cell.</summary>
internal interface IStateCell
{
    /// <summary>From now on nothing is asked for but <see cref="SaveAll"/>.</summary>
    void ForgetTouches();

    void SaveTouched(Action<string, byte[]?> save);
    void CopyTouched(Action<string, StateCopy?> save);
    void SaveAll(Action<string, byte[]?> save);

    /// <summary>True when the cell keeps one value per key.</summary>
    bool IsKeyed { get; }

    void Load(string? key, byte[] value);
    void Clear();

    /// <summary>Goes once through what writing and reading takes; keeps nothing.</summary>
    void Rehearse();
}
