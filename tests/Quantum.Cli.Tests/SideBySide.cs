// Each test starts the command line as a process, and most of its time is the audit's pause between two looks.
[assembly: CollectionBehavior(MaxParallelThreads = 6)]
