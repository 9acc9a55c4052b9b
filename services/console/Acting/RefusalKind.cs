namespace Quantum.Console.Acting;

/// <summary>Why an operator's word was not said.</summary>
public enum RefusalKind
{
    /// <summary>It was said.</summary>
    None,

    /// <summary>Who asked may not act.</summary>
    NotAllowed,

    /// <summary>Its words or values do not do.</summary>
    Unfit,

    /// <summary>What it is about is not there.</summary>
    NotThere,

    /// <summary>The system cannot take it: nothing has changed.</summary>
    NotSaid,

    /// <summary>The way to Redis broke: it may have been said.</summary>
    Unknown,
}
