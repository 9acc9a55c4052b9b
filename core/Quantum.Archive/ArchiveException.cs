namespace Quantum.Archive;

/// <summary>
/// Something about an archive that a person must mend: one line that names the file, what is wrong and how.
/// </summary>
public class ArchiveException(string message, Exception? cause = null) : Exception(message, cause);
