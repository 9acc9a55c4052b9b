namespace Quantum.Archive;

/// <summary>A file of an archive that cannot be read: one line that names it, why, and the mend.</summary>
public sealed class BrokenFileException(string message, Exception? cause = null) : ArchiveException(message, cause);
