using Microsoft.Data.Sqlite;
using Npgsql;
using Quantum.Learning.Journal;
using Quantum.Testing;

namespace Quantum.Services.Tests.Journal;

/// <summary>The databases that the journal can be kept in.</summary>
public enum JournalKind
{
    Embedded,
    Postgres,
}

/// <summary>Empty places for journals; the PostgreSQL of all of them starts with the first that wants it.</summary>
public sealed class JournalPlaces : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quantum-journal-");
    private readonly Lazy<PostgresServer> _postgres = new(PostgresServer.Run);
    private int _made;

    public string Folder => _folder.FullName;

    /// <summary>Opens a new place at the first call, the same one again at the others.</summary>
    public async Task<Func<Task<JournalStore>>> MakeAsync(JournalKind kind)
    {
        var name = FormattableString.Invariant($"journal_{Interlocked.Increment(ref _made)}");
        if (kind == JournalKind.Embedded)
        {
            var path = Path.Combine(_folder.FullName, name, "below", "journal.db");
            return () => JournalStore.OpenAsync(null, path, CancellationToken.None);
        }

        await using var admin = NpgsqlDataSource.Create(_postgres.Value.ConnectionString());
        await using var create = admin.CreateCommand($"CREATE DATABASE {name}");
        await create.ExecuteNonQueryAsync();
        var text = _postgres.Value.ConnectionString(name);
        return () => JournalStore.OpenAsync(text, "", CancellationToken.None);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        if (_postgres.IsValueCreated) _postgres.Value.Dispose();
        _folder.Delete(recursive: true);
    }
}
